"""What a model may not be used for."""

from common.errors import StridecastError


def refuse_simulated(*, model_simulated: bool, data_simulated: bool) -> None:
    """Stop a model that learnt from simulated athletes from scoring real ones.

    Parameters
    ----------
    model_simulated, data_simulated : bool
        Whether the model's training data, and the data to be scored, were simulated.

    Raises
    ------
    StridecastError
        If the model is simulated and the data are real.
    """
    if model_simulated and not data_simulated:
        raise StridecastError(
            "this model was trained on simulated athletes and may not score real ones",
            "train a model on your own data, or score with the evidence model",
        )
