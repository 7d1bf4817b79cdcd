"""Make one record of what several files say: pure functions, frames in, frames out."""
