"""The canonical form: a libcst tree as terms in which equal programs look equal.

What counts as equal (the catalogue's law 8):

    np.max(x, axis=0)    x.max(axis=0)    x.max(0)      one reduction
    a @ b    np.dot(a, b)    a.dot(b)    np.matmul(a, b)    one product of matrices
    x ** 2    np.square(x)    np.power(x, 2)                one power
    x.T    x.transpose()    np.transpose(x)                 one transposition
    len(x)    x.shape[0]                                    one count
    w -= e    w = w - e                                     one update
    a > b    b < a                                          one comparison
    a + b + c                                               one sum, its order free; so are products

Every term remembers the node it came from, and the token that carries its operator or name,
so that an edit made on terms can be written back into the text.
"""

from collections.abc import Callable
from math import inf

import libcst as cst

from bugforge.mutation.spans import fields_of
from bugforge.mutation.term import Term, make, name

# Functions that numpy has both as np.f(x, ...) and x.f(...), with their positional arguments after x.
METHODS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("max", "min", "sum", "mean", "std", "var", "prod", "any", "all"), ("axis",)),
    **dict.fromkeys(("argmax", "argmin", "argsort", "cumsum", "cumprod", "squeeze"), ("axis",)),
    **dict.fromkeys(("clip", "reshape", "ravel", "repeat", "take", "round", "copy"), ()),
}
SYNONYMS = {"amax": "max", "amin": "min", "absolute": "abs", "concat": "concatenate", "fabs": "abs"}
BUILTINS = frozenset({"abs", "len", "sorted", "range", "zip", "enumerate", "float", "int", "set", "list", "tuple"})
RESOLVED = ("numpy", "pandas", "math")  # whose functions mean the same however they are imported
MIRRORED = {">": "<", ">=": "<="}


class Canonical:
    """Builds terms. `aliases` are the module's imports; `exact` switches all equivalences off but the imports."""

    def __init__(self, aliases: dict[str, str], *, exact: bool = False) -> None:
        self.aliases = aliases
        self.exact = exact

    def term(self, node: cst.CSTNode) -> Term:
        build: Callable[[cst.CSTNode], Term] | None = getattr(self, f"_{type(node).__name__}", None)
        return build(node) if build else self._other(node)

    def _other(self, node: cst.CSTNode) -> Term:
        words, children = [type(node).__name__], []
        for field in fields_of(type(node)):
            part = getattr(node, field)
            if isinstance(part, cst.CSTNode):
                children.append(self.term(part))
            elif isinstance(part, (list, tuple)):
                children.append(make("list", field, [self.term(item) for item in part]))
            elif not isinstance(part, cst.MaybeSentinel):
                words.append(f"{field}={part}")
        return make("node", " ".join(words), children, node)

    # names and literals

    def _Name(self, node: cst.Name) -> Term:
        target = self.aliases.get(node.value, "")
        if target.partition(".")[0] not in RESOLVED:
            return name(node.value, node)
        return self._dotted(target, node)

    def _dotted(self, dotted: str, node: cst.CSTNode | None) -> Term:
        head, _, last = dotted.rpartition(".")
        module = {"numpy": "np", "pandas": "pd"}.get(head, head)
        if not head:
            return name({"numpy": "np", "pandas": "pd"}.get(dotted, dotted), node)
        return make("attribute", last, (self._dotted(module, None) if "." in head else name(module),), node, node)

    def _Attribute(self, node: cst.Attribute) -> Term:
        obj = self.term(node.value)
        attr = node.attr.value
        if obj.value == "np" and obj.kind == "name":
            attr = SYNONYMS.get(attr, attr)
        return make("attribute", attr, (obj,), node, node.attr)

    def _Integer(self, node: cst.Integer) -> Term:
        try:
            value = float(node.evaluated_value)
        except OverflowError:  # Python's integers have no largest one, its floats do
            value = inf
        return make("number", repr(value), (), node, node)

    def _Float(self, node: cst.Float) -> Term:
        return make("number", repr(node.evaluated_value), (), node, node)

    def _SimpleString(self, node: cst.SimpleString) -> Term:
        return make("string", repr(node.evaluated_value), (), node, node)

    # operators

    def _BinaryOperation(self, node: cst.BinaryOperation) -> Term:
        operator = operator_text(node.operator)
        if operator in ("+", "*") and not self.exact:
            return make("chain", operator, self._operands(node, operator), node)
        return make("binary", operator, (self.term(node.left), self.term(node.right)), node, node.operator)

    def _operands(self, node: cst.BaseExpression, operator: str) -> list[Term]:
        if isinstance(node, cst.BinaryOperation) and operator_text(node.operator) == operator:
            return [*self._operands(node.left, operator), *self._operands(node.right, operator)]
        return [self.term(node)]

    def _UnaryOperation(self, node: cst.UnaryOperation) -> Term:
        operator, operand = operator_text(node.operator), self.term(node.expression)
        if operator == "-" and operand.kind == "number" and operand.value.replace(".", "").isdigit():
            return make("number", f"-{operand.value}", (), node, node)
        return make("unary", operator, (operand,), node, node.operator)

    def _Comparison(self, node: cst.Comparison) -> Term:
        if len(node.comparisons) > 1:
            return self._other(node)
        target = node.comparisons[0]
        operator = operator_text(target.operator)
        sides = [self.term(node.left), self.term(target.comparator)]
        if operator in MIRRORED and not self.exact:
            return make("compare", MIRRORED[operator], sides[::-1], node, target.operator)
        return make("compare", operator, sides, node, target.operator)

    # calls

    def _Arg(self, node: cst.Arg) -> Term:
        keyword = node.keyword.value if node.keyword else node.star
        return make("arg", keyword, (self.term(node.value),), node)

    def _Call(self, node: cst.Call) -> Term:
        func, args = self.term(node.func), [self.term(arg) for arg in node.args]
        if self.exact:
            return make("call", "", (func, *args), node)
        if func.kind == "attribute":
            obj, called = func.children[0], func.value
            from_numpy = obj.kind == "name" and obj.value == "np"
            receiver = args[:1] if from_numpy else [make("arg", "", (obj,))]
            rest = args[1:] if from_numpy else args
            short = self._short_form(called, receiver, rest, node)
            if short:
                return short
            if called in METHODS and receiver and not receiver[0].value:
                function = make("function", called, (), None, func.token)
                return make("call", called, (function, *receiver, *self._named(called, rest)), node)
        if func.kind == "name" and func.value in BUILTINS:
            function = make("function", func.value, (), None, func.node)
            if func.value == "abs":
                func = make("attribute", "abs", (name("np"),), func.node)
            elif func.value == "len" and len(args) == 1:
                return make("count", "", args[0].children, node)
            else:
                return make("call", func.value, (function, *args), node)
        return make("call", func.value, (func, *args), node)

    def _short_form(self, called: str, receiver: list[Term], rest: list[Term], node: cst.Call) -> Term | None:
        """The operator that a call stands for: @ for dot, ** for square, .T for transpose."""
        values = [arg.children[0] for arg in (*receiver, *rest) if not arg.value]
        if len(values) != len(receiver) + len(rest):
            return None
        if called in ("dot", "matmul") and len(values) == 2:
            return make("binary", "@", values, node)
        if called == "square" and len(values) == 1:
            return make("binary", "**", (values[0], make("number", "2.0")), node)
        if called == "power" and len(values) == 2:
            return make("binary", "**", values, node)
        if called == "transpose" and len(values) == 1:
            return make("attribute", "T", values, node)
        return None

    def _named(self, called: str, args: list[Term]) -> list[Term]:
        """Arguments with their keywords filled in where the function's signature is known."""
        named, keywords = [], iter(METHODS[called])
        for arg in args:
            if arg.kind == "arg" and not arg.value:
                arg = make("arg", next(keywords, ""), arg.children, arg.node)
            named.append(arg)
        return named

    def _Subscript(self, node: cst.Subscript) -> Term:
        obj = self.term(node.value)
        indices = [self.term(element.slice) for element in node.slice]
        is_shape = obj.kind == "attribute" and obj.value == "shape" and not self.exact
        if is_shape and len(indices) == 1 and indices[0].key == _FIRST.key:
            return make("count", "", obj.children, node)
        return make("subscript", "", (obj, *indices), node)

    def _Index(self, node: cst.Index) -> Term:
        return self.term(node.value)

    def _Element(self, node: cst.Element) -> Term:
        return self.term(node.value)

    def _Tuple(self, node: cst.Tuple) -> Term:
        return make("sequence", "tuple", [self.term(e) for e in node.elements], node)

    def _List(self, node: cst.List) -> Term:
        return make("sequence", "list", [self.term(e) for e in node.elements], node)

    # statements

    def _Assign(self, node: cst.Assign) -> Term:
        targets, value = [self.term(t.target) for t in node.targets], node.value
        if isinstance(value, cst.BinaryOperation) and len(targets) == 1 and not self.exact:
            operator = operator_text(value.operator)
            left, right = self.term(value.left), self.term(value.right)
            if left.key == targets[0].key:
                return make("update", operator, (targets[0], right), node, value.operator)
            if right.key == targets[0].key and operator in ("+", "*"):
                return make("update", operator, (targets[0], left), node)
        return make("assign", "", (*targets, self.term(value)), node)

    def _AugAssign(self, node: cst.AugAssign) -> Term:
        operator = operator_text(node.operator).removesuffix("=")
        return make("update", operator, (self.term(node.target), self.term(node.value)), node, node.operator)

    def _SimpleStatementLine(self, node: cst.SimpleStatementLine) -> Term:
        parts = [self.term(part) for part in node.body]
        return parts[0] if len(parts) == 1 else make("line", "", parts, node)

    def _Expr(self, node: cst.Expr) -> Term:
        return make("expression", "", (self.term(node.value),), node)

    def _IndentedBlock(self, node: cst.IndentedBlock) -> Term:
        return make("block", "", [self.term(s) for s in node.body], node)

    def _Module(self, node: cst.Module) -> Term:
        return make("block", "module", [self.term(s) for s in node.body], node)


def operator_text(operator: cst.CSTNode) -> str:
    """The operator as it is written: "+", "not in", "-="."""
    return " ".join(cst.Module([]).code_for_node(operator).split())


_FIRST = make("number", "0.0")
