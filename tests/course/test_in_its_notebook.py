"""Right answers and misconceptions, put into the notebook that asks: its names and its own classes.

Chapter 6 builds a Tensor and a Module of its own, so an answer that holds with the library's may
fail there, and a stored sentence may not be found again.
"""

import ast
import inspect
import linecache
import sys
import textwrap

import pytest
from answers import known
from context import Context, solved

from nnlib.course import exercises

RIGHT = [
    pytest.param(e, answer, id=f"ch{e.chapter:02}-{e.id}-{getattr(answer, '__name__', '')}")
    for e in exercises.values()
    for answer in known(e, "ALTERNATIVES")
]
WRONG = [
    pytest.param(e, m, id=f"ch{e.chapter:02}-{e.id}-{m.name}")
    for e in exercises.values()
    for m in e.misconceptions
]
LINEAR = """
class Linear(Module):
    def __init__(self, in_features, out_features, rng=None):
        self.weight = Parameter(kaiming_uniform((in_features, out_features), rng))
        self.bias = Parameter(np.zeros(out_features))

    def forward(self, X):
        return X @ self.weight + self.bias
"""  # as a student writes it; the library's own is fused
STOPS_THERE = {  # the notebook's classes cannot do what the misconception does
    ("Linear", "weights as (out, in)"): ("transposed", "object has no attribute 'T'"),
}
OF_THE_LIBRARY = ("nn", "manual", "tensor")


class Moved(ast.NodeTransformer):
    """A definition under its notebook's names: `nn.Parameter` is the `Parameter` that it built."""

    def __init__(self, old, new, space):
        self.names = {new: "right", old: new}  # some spoil what the right one returns
        self.own = {name for name, value in space.items() if isinstance(value, type)}

    def visit_Name(self, node):
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_Attribute(self, node):
        match node:
            case ast.Attribute(value=ast.Name(id=module)) if module in OF_THE_LIBRARY:
                name = self.names.get(node.attr, node.attr)
                return ast.Name(name, node.ctx) if name in self.own else node
        return self.generic_visit(node)


def moved(exercise, answer):
    """The answer as a cell of its notebook would define it; one of the library's as it is."""
    course = exercise.reference.__module__.startswith("nnlib.course.")
    context = Context(exercise.id)
    space = vars(context.module())
    if exercise.kind == "class" and (course or exercise.id == "Linear"):
        right = inspect.getsource(exercise.reference) if course else LINEAR
        define(right, "right", exercise.reference, space)
    else:
        space["right"] = solved(exercise, space)
    module = getattr(answer, "__module__", "")
    if not module.startswith(("nnlib.course.", "answers_")):
        return answer
    define(textwrap.dedent(inspect.getsource(answer)), context.name, answer, space)
    return space[context.name]


def define(text, name, like, space):
    """Put what `text` defines under `name` into the space; what `like` sees comes second."""
    (node,) = ast.parse(text).body
    node = Moved(node.name, name, space).visit(node)
    node.name, node.decorator_list = name, []
    text = ast.unparse(ast.fix_missing_locations(node)) + "\n"
    file = f"<moved {abs(hash(text))}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    above = vars(sys.modules[like.__module__])
    space |= {name: value for name, value in above.items() if name not in space}
    exec(compile(text, file, "exec"), space)


@pytest.mark.parametrize("exercise, answer", RIGHT)
def test_a_right_answer_passes_there(exercise, answer):
    result = exercise.check(moved(exercise, answer))
    assert result.status == "passed", result


@pytest.mark.parametrize("exercise, misconception", WRONG)
def test_a_misconception_is_met_there_with_its_own_message(exercise, misconception):
    result = exercise.check(moved(exercise, misconception.implementation))
    if (exercise.id, misconception.name) in STOPS_THERE:
        kind, words = STOPS_THERE[exercise.id, misconception.name]
        assert result.kind == kind and words in result.message, result
    else:
        assert result.misconception is misconception, result


def test_a_layer_of_chapter_6_is_made_of_the_notebooks_own_parts():
    from nnlib.tensor import Tensor

    exercise = exercises["Linear"]
    answers = [
        *known(exercise, "ALTERNATIVES"),
        *(m.implementation for m in exercise.misconceptions),
    ]
    for answer in answers:
        layer = moved(exercise, answer)(3, 2, rng=0)
        assert not isinstance(layer.weight, Tensor), answer
