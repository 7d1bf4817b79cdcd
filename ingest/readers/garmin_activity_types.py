"""Garmin's names of activities, in English, and what sport and surface they are."""

from typing import Final

SPORT_OF: Final[dict[str, str]] = {
    **dict.fromkeys(
        (
            "running", "street running", "trail running", "treadmill running", "track running",
            "indoor running", "virtual running", "ultra running", "obstacle racing",
        ),
        "run",
    ),
    **dict.fromkeys(
        ("walking", "casual walking", "speed walking", "indoor walking", "rucking"), "walk"
    ),
    **dict.fromkeys(("hiking", "mountaineering", "snowshoeing"), "hike"),
    **dict.fromkeys(
        (
            "cycling", "road cycling", "mountain biking", "gravel cycling",
            "gravel/unpaved cycling",
            "indoor cycling", "virtual cycling", "cyclocross", "track cycling", "bike commuting",
            "ebiking", "emountain biking", "recumbent cycling", "hand cycling",
        ),
        "ride",
    ),
    **dict.fromkeys(("swimming", "pool swim", "pool swimming", "open water swimming"), "swim"),
    **dict.fromkeys(("strength training", "functional strength training"), "strength"),
    **dict.fromkeys(
        (
            "other", "cardio", "indoor cardio", "hiit", "yoga", "pilates", "breathwork",
            "elliptical", "stair stepper", "stair climbing", "floor climbing", "rowing",
            "indoor rowing", "indoor climbing", "bouldering", "rock climbing", "multisport",
            "triathlon", "duathlon", "transition", "tennis", "padel", "pickleball", "squash",
            "badminton", "table tennis", "soccer", "soccer/football", "football", "basketball",
            "volleyball", "handball", "hockey", "ice hockey", "rugby", "cricket", "baseball",
            "golf", "boxing", "mixed martial arts", "dance", "jump rope", "inline skating",
            "ice skating", "cross country skiing", "cross country classic skiing",
            "cross country skate skiing", "backcountry skiing", "resort skiing", "snowboarding",
            "resort snowboarding", "kayaking", "paddling", "stand up paddleboarding", "sailing",
            "surfing", "horseback riding", "meditation",
        ),
        "other",
    ),
}  # fmt: skip

SURFACE_OF: Final[dict[str, str]] = {
    "street running": "road",
    "trail running": "trail",
    "obstacle racing": "trail",
    "treadmill running": "treadmill",
    "indoor running": "treadmill",
    "virtual running": "treadmill",
    "track running": "track",
}
