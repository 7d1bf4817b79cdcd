"""What is seen of it: sessions, answers, devices, visits to the clinic.

No truth.
"""
