"""Apple Health's export, streamed.

Workouts, sleep and resting heart rate; no other vendor.
"""
