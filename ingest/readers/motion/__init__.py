"""Readers of gait laboratories: OpenSim, TRC, C3D, RunScribe, the BMC/RIC trials."""

from ingest.readers.motion.bmc import BmcMetadataReader, BmcTrialReader
from ingest.readers.motion.c3d import C3dReader
from ingest.readers.motion.opensim import OpenSimReader
from ingest.readers.motion.runscribe import RunScribeReader
from ingest.readers.motion.trc import TrcReader

__all__ = [
    "BmcMetadataReader",
    "BmcTrialReader",
    "C3dReader",
    "OpenSimReader",
    "RunScribeReader",
    "TrcReader",
]
