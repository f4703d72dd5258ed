"""Mechanical mutants of a function or class: its source with one small thing changed."""

import ast
import copy
import sys
from collections import Counter

from ..judging.source import read

OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.FloorDiv: [ast.Mult],
    ast.Mod: [ast.Mult],
}
COMPARISONS = {
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
NAMES = {
    "max": "min",
    "min": "max",
    "sum": "mean",
    "mean": "sum",
    "maximum": "minimum",
    "minimum": "maximum",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "exp": "log",
    "log": "exp",
    "greater": "greater_equal",
    "greater_equal": "greater",
    "less": "less_equal",
    "argmax": "argmin",
    "argmin": "argmax",
    "tanh": "sin",
    "sin": "cos",
    "cos": "sin",
    "sqrt": "square",
    "square": "abs",
    "abs": "square",
    "multiply": "add",
    "divide": "multiply",
    "add": "subtract",
    "subtract": "add",
    "all": "any",
    "any": "all",
    "sign": "abs",
    "floor": "ceil",
    "outer": "inner",
}


def mutants(reference, only=None):
    """Yield (name, mutant) for every mutant that compiles. `only`: the methods of a class.

    Raises ValueError where the reference has no source.
    """
    source = read(reference)
    if source is None:
        raise ValueError(f"the source of {reference} cannot be read")
    seen = Counter()
    for old, new, path in _changes(source.node, only):
        name = f"{_statement(source.node, path)}: {_short(old)} -> {_short(new)}"
        seen[name] += 1
        if seen[name] > 1:
            name += f" ({seen[name]})"
        built = _build(reference, source.node, path, new)
        if built is not None:
            yield name, built


def _statement(root, path):
    """The first line of the statement that `path` leads into."""
    node, found = root, root
    for field, index in path:
        node = getattr(node, field) if index is None else getattr(node, field)[index]
        found = node if isinstance(node, ast.stmt) else found
    return _short(found) if found is not root else f"def {root.name}"


def _short(node):
    if node is None:
        return "nothing"
    text = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node)))
    text = " ".join(text.split("\n")[0].split())
    return text if len(text) <= 56 else text[:53] + "..."


def _build(reference, tree, path, new):
    """Compile the definition with the node at `path` replaced, in the reference's module."""
    tree = copy.deepcopy(tree)
    node = tree
    for field, index in path[:-1]:
        node = getattr(node, field) if index is None else getattr(node, field)[index]
    field, index = path[-1]
    if index is None:
        setattr(node, field, new)
    elif new is None:
        del getattr(node, field)[index]
        if field == "body" and not node.body:
            node.body.append(ast.Pass())
    else:
        getattr(node, field)[index] = new
    module = ast.fix_missing_locations(ast.Module([tree], []))
    space = dict(vars(sys.modules[reference.__module__]))
    try:
        exec(compile(module, "<mutant>", "exec"), space)
    except Exception:  # no Python any more
        return None
    return space[tree.name]


def _changes(root, only):
    """Yield (old node, new node or None, path from the root)."""
    stack = [(root, ())]
    while stack:
        node, path = stack.pop()
        if _is_check(node):
            continue
        method = isinstance(node, ast.FunctionDef) and len(path) == 1
        if method and only is not None and node.name not in only:
            continue
        if path:
            yield from ((node, new, path) for new in _variants(node, path[-1][0]))
        children = []
        for field, value in ast.iter_fields(node):
            if field in ("decorator_list", "annotation", "returns", "type_params", "bases"):
                continue
            if isinstance(value, list):
                children += [
                    (child, (*path, (field, i)))
                    for i, child in enumerate(value)
                    if isinstance(child, ast.AST) and not _is_text(child)
                ]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.operator | ast.cmpop):
                children.append((value, (*path, (field, None))))
        stack += reversed(children)


def _is_text(node):
    """Docstrings."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_check(node):
    """Validation and its messages: `raise`, `if ...: raise`, `_check(...)`, f-strings."""
    if isinstance(node, ast.If):
        return all(isinstance(s, ast.Raise) or _is_check(s) for s in node.body) and not node.orelse
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        name = getattr(node.value.func, "id", getattr(node.value.func, "attr", ""))
        return name.lstrip("_").startswith("check")
    return isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr)


def _variants(node, field):
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
            if value and field != "operand":
                yield ast.UnaryOp(ast.USub(), ast.Constant(value))
        case ast.BinOp(left=left, op=op, right=right):
            for other in OPERATORS.get(type(op), ()):
                yield ast.BinOp(left, other(), right)
            yield left  # the other term or factor is dropped
            if isinstance(op, ast.Add | ast.Mult | ast.MatMult):
                yield right
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield operand
        case ast.Compare(left=left, ops=[op], comparators=right):
            for other in COMPARISONS.get(type(op), ()):
                yield ast.Compare(left, [other()], right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.Attribute(value=value, attr="T"):
            yield value
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args, keywords=keywords):
            if attr in NAMES:
                yield ast.Call(ast.Attribute(value, NAMES[attr], ast.Load()), args, keywords)
            for i, keyword in enumerate(keywords):
                if keyword.arg != "dtype":
                    yield ast.Call(node.func, args, keywords[:i] + keywords[i + 1 :])
            only_one = len(args) == 1 and not isinstance(args[0], ast.Starred)
            if only_one and field != "func" and attr not in ("asarray", "array", "astype"):
                yield args[0]
        case ast.Call(func=func, args=args, keywords=keywords):
            for i in range(len(keywords)):
                yield ast.Call(func, args, keywords[:i] + keywords[i + 1 :])
        case ast.IfExp(body=body, orelse=orelse):
            yield body
            yield orelse
        case ast.If(test=test, body=body, orelse=orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.AugAssign(target=target, op=op, value=value):
            for other in OPERATORS.get(type(op), ()):
                yield ast.AugAssign(target, other(), value)
            yield None
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]) | ast.Expr():
            yield None
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            one = ast.Constant(1)
            if lower is None and upper is None and step is None:
                return
            moved = one if lower is None else ast.BinOp(lower, ast.Add(), one)
            yield ast.Subscript(value, ast.Slice(moved, upper, step), node.ctx)
            if upper is not None:
                less = ast.BinOp(upper, ast.Sub(), one)
                yield ast.Subscript(value, ast.Slice(lower, less, step), node.ctx)
