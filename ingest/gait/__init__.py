"""Gait: from sampled motion and force to events, strides and values per stride.

Everything here is numbers in, numbers out. Axes are OpenSim's: x forward, y up, z to the right;
lengths in m, angles in degrees, forces in N, times in s.
"""
