"""The stages of the pipeline and the command line: read, call, write."""
