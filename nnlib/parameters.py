"""What every model can do once it can name its parameters: list them, reset them, save, load."""

from collections.abc import Mapping

import numpy as np

from .io import check_finite


class Parametrised:
    """Base of `manual.Layer` and `nn.Module`. A subclass says which parts and parameters it has."""

    def own_parameters(self):
        """(name, parameter) pairs held directly."""
        return ()

    def parts(self):
        """(name, model) pairs of the models inside this one."""
        return ()

    def named_parameters(self, prefix=""):
        """Every (name, parameter) once, in order, with names such as "0.weight"."""
        found = {}
        for name, parameter in self.own_parameters():
            found.setdefault(id(parameter), (prefix + name, parameter))
        for name, part in self.parts():
            for inner, parameter in part.named_parameters(f"{prefix}{name}."):
                found.setdefault(id(parameter), (inner, parameter))
        return list(found.values())

    def parameters(self):
        """The parameters as a list: weight, bias, layer by layer."""
        return [parameter for _, parameter in self.named_parameters()]

    def zero_grad(self):
        """Forget all gradients. They add up over backward passes until this is called."""
        for parameter in self.parameters():
            parameter.grad = None

    def state_dict(self):
        """{name: copy of the array}, ready for `nnlib.io.save`."""
        return {name: parameter.data.copy() for name, parameter in self.named_parameters()}

    def load_state_dict(self, state, finite=False):
        """Copy arrays into the parameters of the same names. Nothing changes unless all fit.

        state: {name: array, or what makes one}, as from `state_dict()`.
        finite: True refuses NaN and infinity, as `nnlib.io.load` does.
        Raises KeyError where names are missing or unknown, ValueError where a shape differs,
        TypeError for anything but a dict of numbers.
        """
        if not isinstance(state, Mapping):
            raise TypeError(
                f"load_state_dict got a {type(state).__name__}; expected a dict {{name: array}}, "
                "as from state_dict()"
            )
        own = dict(self.named_parameters())
        missing, unknown = own.keys() - state.keys(), state.keys() - own.keys()
        if missing or unknown:
            parts = [f"missing {sorted(missing)}"] * bool(missing)
            parts += [f"unknown {sorted(unknown)}"] * bool(unknown)
            raise KeyError(f"these weights do not fit the model: {', '.join(parts)}")
        arrays = {name: _weights(name, state[name]) for name in own}
        for name, parameter in own.items():
            if arrays[name].shape != parameter.data.shape:
                raise ValueError(
                    f"{name} got weights of shape {arrays[name].shape}; "
                    f"expected {parameter.data.shape}"
                )
        if finite:
            check_finite(arrays)
        for name, parameter in own.items():
            parameter.data[...] = arrays[name]


def _weights(name, values):
    try:
        array = np.asarray(values)
    except ValueError as error:  # rows of different lengths
        raise ValueError(f"{name} got weights that make no array ({error})") from None
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} got weights of dtype {array.dtype}; expected real numbers")
    return array
