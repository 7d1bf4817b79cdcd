"""A runner (or walker) whose ground contacts are known exactly: the oracle of the gait tests.

Feet are locked to the ground in stance and swing on cubic paths; the pelvis is the double integral
of the ground reaction force; knees and hips follow the textbook shape. Axes: forward, up, right.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator

from ingest.gait.trial import Contact, Force, Motion

G = 9.80665


@dataclass(frozen=True)
class Gait:
    """Who moves, and how it is recorded."""

    cadence: float = 170.0
    contact_s: float = 0.24
    speed: float = 3.2
    treadmill: bool = True
    rate: float = 200.0
    seconds: float = 6.0
    mass: float = 65.0
    # On no frame of 200 a second: contacts begin between frames, as in life.
    begin: float = 0.137

    @property
    def step(self):
        return 60 / self.cadence

    @property
    def every_contact(self):
        count = 2 * int(self.seconds / self.step / 2) + 16
        # From eight contacts before the recording on, which is cut out of a run that goes on.
        starts = self.begin + np.arange(-8, count - 8) * self.step
        sides = ["right", "left"] * (count // 2)
        return [Contact(s, t, t + self.contact_s) for s, t in zip(sides, starts, strict=True)]

    @property
    def time(self):
        return np.arange(0, self.seconds, 1 / self.rate)


def vertical_force(gait, time, side):
    """Rise faster than fall: a half sine of a stretched phase; its mean carries the weight."""
    phase = np.linspace(0, 1, 2001)
    shape = np.sin(np.pi * phase**0.8)
    peak = gait.mass * G * gait.step / gait.contact_s / np.trapezoid(shape, phase)
    total = np.zeros_like(time)
    for one in gait.every_contact:
        if one.side == side:
            share = (time - one.start) / gait.contact_s
            inside = (share > 0) & (share < 1)
            total[inside] += peak * np.sin(np.pi * share[inside] ** 0.8)
    return total


def forces(gait, rate=1000.0):
    time = np.arange(0, gait.seconds, 1 / rate)
    found = []
    for side in ("right", "left"):
        forward = np.zeros_like(time)
        for one in gait.every_contact:
            if one.side == side:
                share = (time - one.start) / gait.contact_s
                inside = (share > 0) & (share < 1)
                # First the foot brakes, then it pushes, by the same amount at a steady speed.
                forward[inside] = -0.3 * gait.mass * G * np.sin(2 * np.pi * share[inside])
        found.append(Force(time, vertical_force(gait, time, side), forward, side))
    return tuple(found)


def pelvis(gait):
    """Height from the force itself, forward position from the speed."""
    fine = np.arange(0, gait.seconds + gait.step, 0.0005)
    force = vertical_force(gait, fine, "right") + vertical_force(gait, fine, "left")
    velocity = np.cumsum(force / gait.mass - G) * 0.0005
    # An integral is known but for its constants: the runner neither rises nor sinks.
    height = np.cumsum(velocity - velocity.mean()) * 0.0005
    height -= np.polyval(np.polyfit(fine, height, 1), fine)
    place = 0.0 if gait.treadmill else gait.speed
    time = gait.time
    return np.column_stack([place * time, 0.95 + np.interp(time, fine, height), 0 * time])


def foot(gait, side):
    """Heel and toe: locked to the ground in stance, the heel lifting in its last third."""
    # The belt carries the foot backwards.
    ground = -gait.speed if gait.treadmill else 0.0
    own = [one for one in gait.every_contact if one.side == side]
    travelled = 0.0 if gait.treadmill else gait.speed
    knots, places = [], []
    for one in own:
        front = travelled * one.start + 0.25
        knots += [one.start, one.end]
        places += [front, front + ground * (one.end - one.start)]
    time = gait.time
    forward = np.interp(time, knots, places)
    up = np.full_like(time, 0.03)
    lift = np.zeros_like(time)
    for earlier, later in pairwise(own):
        leave, land = earlier.end, later.start
        swing = (time > leave) & (time < land)
        places_at = np.interp([leave, land], knots, places)
        slopes = [ground + 0.3 * gait.speed, ground + 0.6 * gait.speed]
        path = CubicHermiteSpline([leave, land], places_at, slopes)
        forward[swing] = path(time[swing])
        middle = (leave + land) / 2
        rise = CubicHermiteSpline([leave, middle, land], [0.03, 0.3, 0.03], [0.9, 0.0, -0.6])
        up[swing] = rise(time[swing])
    for one in own:
        late = one.start + 0.65 * (one.end - one.start)
        inside = (time > late) & (time <= one.end)
        lift[inside] = 0.08 * ((time[inside] - late) / (one.end - late)) ** 2
        after = (time > one.end) & (time < one.end + 0.25)
        lift[after] = 0.08 * (1 - (time[after] - one.end) / 0.25)
    toe = np.column_stack([forward + 0.2, up, np.full_like(time, _out(side))])
    heel = np.column_stack([forward, up + 0.02 + lift, np.full_like(time, _out(side))])
    return heel, toe


def _out(side):
    return 0.1 if side == "right" else -0.1


def curve(gait, side, shape):
    """Repeat a shape given as (share of stance, value) up to 1 and (share of swing + 1, value)."""
    own = [one for one in gait.every_contact if one.side == side]
    knots, values = [], []
    for earlier, later in pairwise(own):
        for share, value in shape:
            if share <= 1:
                knots.append(earlier.start + share * gait.contact_s)
            else:
                knots.append(earlier.end + (share - 1) * (later.start - earlier.end))
            values.append(value)
    return PchipInterpolator(knots, values)(gait.time)


KNEE = ((0.0, 12.0), (0.4, 42.0), (1.0, 14.0), (1.5, 95.0), (1.9, 11.0))
HIP = ((0.0, 35.0), (1.0, -12.0), (1.2, -14.0), (1.8, 40.0))
ADDUCTION = ((0.0, 4.0), (0.4, 13.0), (1.0, 0.0), (1.5, -3.0))
DROP = ((0.0, 1.0), (0.4, 6.0), (1.0, 0.0), (1.5, 0.0))


def angles(gait):
    found = {}
    for side in ("right", "left"):
        found[f"knee_flexion_{side}"] = curve(gait, side, KNEE)
        found[f"hip_flexion_{side}"] = curve(gait, side, HIP)
        found[f"hip_adduction_{side}"] = curve(gait, side, ADDUCTION)
    found["pelvis_list"] = curve(gait, "left", DROP) - curve(gait, "right", DROP)
    found["trunk_lean"] = np.full_like(gait.time, 8.0)
    return found


def markers(gait):
    found = {"pelvis": pelvis(gait)}
    for side in ("right", "left"):
        found[f"heel_{side}"], found[f"toe_{side}"] = foot(gait, side)
    return found


def motion(gait, *, with_feet=True, with_angles=True):
    places = markers(gait) if with_feet else {"pelvis": pelvis(gait)}
    return Motion(gait.time, angles(gait) if with_angles else {}, places)


def whole(contacts, gait):
    """Leave out the edges of the recording, where a contact may be cut."""
    return [
        contact for contact in contacts if contact.start > 0.3 and contact.end < gait.seconds - 0.3
    ]


def worst_ms(found, gait):
    """Return the largest error of starts and of ends; every true contact must be met once."""
    for one in whole(found, gait):
        _nearest(one, gait.every_contact)  # nothing is invented
    pairs = [(_nearest(one, found), one) for one in whole(gait.every_contact, gait)]
    assert len({one for one, _ in pairs}) == len(pairs) > 0
    starts = max(abs(a.start - b.start) for a, b in pairs)
    ends = max(abs(a.end - b.end) for a, b in pairs)
    return 1000 * starts, 1000 * ends


def _nearest(contact, others):
    same = [one for one in others if one.side == contact.side]
    best = min(same, key=lambda one: abs(one.start - contact.start))
    # A step takes 0.35 s: within 0.1 s no other contact can be meant.
    assert abs(best.start - contact.start) < 0.1
    return best
