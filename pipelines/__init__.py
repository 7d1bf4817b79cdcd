"""The stages of the pipeline and the command line: read, call, write.

One module per DVC stage; what they are made of lives in the wings.
"""
