"""What lies beside the sessions in an account's export: nobody's name and nobody's training."""

# ruff: noqa: E501 - rows of files read best as lines

import json
import random

Export = dict[str, bytes]


def clutter(vendor: str, rng: random.Random) -> Export:
    """Return a few of the further files that a vendor's export holds."""
    every = {
        "strava": {
            "followers.csv": b"Follower Athlete ID,Follow Status,Favorite Status\n123,Accepted,\n",
            "comments.csv": b'Comment Date,Content\n"Mar 1, 2025, 8:00:00 AM","Great run Peter!"\n',
            "shoes.csv": b"Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nBlue,Asics,Nimbus,Run\n",
            "clubs.csv": b"Club ID,Join Date,Name\n7,2024-01-01,Northside Runners\n",
            "email_preferences.csv": b"Name,Value\nweekly,true\n",
            "messaging.json": b"[]",
        },
        "takeout": {
            "Takeout/Fitbit/Global Export Data/steps-2025-01-01.json": json.dumps(
                [{"dateTime": "01/01/25 00:00:00", "value": "12"}]
            ).encode(),
            "Takeout/Fitbit/Global Export Data/heart_rate-2025-01-01.json": json.dumps(
                [{"dateTime": "01/01/25 00:00:00", "value": {"bpm": 60, "confidence": 2}}]
            ).encode(),
            "Takeout/Fitbit/Your Profile/Profile.csv": b"id,full_name,first_name,last_name,gender\nX1,Some One,Some,One,NA\n",
            "Takeout/archive_browser.html": b"<html></html>",
        },
        "samsung": {
            "samsunghealth_user_20250301/com.samsung.shealth.step_daily_trend.20250301.csv": (
                b"com.samsung.shealth.step_daily_trend,6312003,5\n"
                b"create_time,day_time,count,distance,calorie\n"
                b"2025-01-06 10:00:00.000,1736121600000,8000,6000,300\n"
            ),
            "samsunghealth_user_20250301/com.samsung.health.weight.20250301.csv": (
                b"com.samsung.health.weight,6312003,5\nstart_time,weight,height,time_offset\n"
                b"2025-01-06 10:00:00.000,61.5,170.0,UTC+0100\n"
            ),
        },
        "whoop": {
            "my_whoop_data_2025_03_01/journal_entries.csv": (
                b"Cycle start time,Cycle end time,Cycle timezone,Question text,Answered yes,Notes\n"
                b"2025-01-06 23:10:00,,UTC+01:00,Have any alcoholic drinks?,false,\n"
            ),
            "my_whoop_data_2025_03_01/sleeps.csv": (
                b"Cycle start time,Cycle end time,Cycle timezone,Sleep onset,Wake onset,"
                b"Sleep performance %,Asleep duration (min),In bed duration (min),Nap\n"
                b"2025-01-05 23:10:00,2025-01-06 23:00:00,UTC+01:00,2025-01-05 23:10:00,"
                b"2025-01-06 06:50:00,90,430,460,false\n"
            ),
        },
        "apple": {
            "apple_health_export/export_cda.xml": b'<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"/>'
        },
        "polar": {
            "polar-user-data-export/account-data-0d5c.json": json.dumps(
                {"exportVersion": "1.6", "username": "x@y.org", "firstName": "Some"}
            ).encode(),
            "polar-user-data-export/activity-2025-01-06-0d5c.json": json.dumps(
                {"exportVersion": "1.6", "date": "2025-01-06", "summary": {"stepCount": 8000}}
            ).encode(),
        },
        "google": {
            "Takeout/Fit/Daily activity metrics/Daily activity metrics.csv": (
                b"Date,Move Minutes count,Calories (kcal),Distance (m),Step count\n"
                b"2025-01-06,60,2000,8000.5,9000\n2025-01-07,60,2000,9000.5,9000\n"
            )
        },
    }  # fmt: skip
    found = every.get(vendor, {})
    return {name: found[name] for name in sorted(found) if rng.random() < 0.6}
