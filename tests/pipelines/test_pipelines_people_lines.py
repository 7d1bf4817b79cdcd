"""The list of people names what was found in a coach's words, each once."""

from pipelines.commands.people_lines import table_words


def test_working_tables_have_words():
    tables = ["absences_told", "injuries", "injury_ends", "injury_remarks", "injury_reports"]
    assert table_words(tables) == "absences, injuries"
