"""The model card, mapped to TRIPOD+AI and PROBAST+AI.

Sentences from figures of the run.
"""
