"""Characteristics of both parts: an athlete counts once a part, small groups are not counted."""

import pandas as pd

from reporting.card.people import characteristics


def test_athletes_are_counted_once_in_each_part_and_few_are_not_counted():
    athletes = pd.DataFrame(
        {
            "athlete": [f"a{i}" for i in range(12)],
            "sex": ["female"] * 7 + ["male"] * 5,
            "birth_year": [1990.0] * 11 + [None],
            "level": ["novice"] * 6 + [None] * 6,
        }
    )
    split = pd.DataFrame(
        {
            "athlete": [*athletes["athlete"], *athletes["athlete"], "a0", "a11"],
            "date": pd.Timestamp("2024-01-07"),
            "part": ["train"] * 24 + ["test"] * 2,
        }
    )
    table = characteristics(athletes, split).set_index("group")
    assert table.loc["sex: female"].to_dict() == {"train": "7", "test": "fewer than 5"}
    assert table.loc["sex: male"].to_dict() == {"train": "5", "test": "fewer than 5"}
    assert table.loc["level: unknown", "train"] == "6"
    assert table.loc["age: 30-39"].to_dict() == {"train": "5 or more", "test": "fewer than 5"}
    assert table.loc["age: unknown"].to_dict() == {"train": "fewer than 5", "test": "fewer than 5"}


def test_a_small_group_cannot_be_had_by_subtraction():
    """The card tells how many athletes a part has."""
    athletes = pd.DataFrame(
        {
            "athlete": [f"a{i}" for i in range(30)],
            "sex": ["female"] * 18 + ["male"] * 11 + ["other"],
            "birth_year": 1990.0,
            "level": "novice",
        }
    )
    day = pd.Timestamp("2024-01-07")
    split = pd.DataFrame({"athlete": athletes["athlete"], "date": day, "part": "train"})
    told = characteristics(athletes, split).set_index("group")["train"]
    assert told.to_dict() == {
        "sex: female": "18", "sex: male": "5 or more", "sex: other": "fewer than 5",
        "age: 30-39": "30", "level: novice": "30",
    }  # fmt: skip
