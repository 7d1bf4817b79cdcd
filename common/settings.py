"""What every settings class is: frozen, and strict about keys it does not know."""

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """Base of all settings: values never change, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
