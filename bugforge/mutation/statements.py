"""Runs of statements: which are edited, dropped, moved or new between two patterns, written into the text."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import libcst as cst

from bugforge.model import Edit
from bugforge.mutation.rendering import Unmappable, node_of
from bugforge.mutation.term import Term
from bugforge.mutation.writer import Writer


class StatementWriter(Writer):
    """A writer for patterns of whole statements."""

    def statements(self, before: Sequence[Term], after: Sequence[Term]) -> Iterator[Edit]:
        """Edits that turn the matched run of statements into the other one."""
        plan = SequenceMatcher(None, [s.key for s in before], [s.key for s in after], autojunk=False)
        dropped = {s.key: s for s in before if s.key not in {a.key for a in after}}
        for tag, i, i_end, j, j_end in plan.get_opcodes():
            olds, news = list(before[i:i_end]), list(after[j:j_end])
            if tag == "equal":
                continue
            moved = [n for n in news if any(n.key == b.key for b in before)]
            while olds and news and olds[0].key in dropped and news[0] not in moved:
                yield from self.term(olds.pop(0), news.pop(0))
            for old in olds:
                yield self._deletion(old)
            if news:
                yield self._insertion(before, i_end, news)

    def _insertion(self, before: Sequence[Term], i: int, news: Sequence[Term]) -> Edit:
        """New or moved statements, put where the i-th matched statement begins or its predecessor ends."""
        texts = []
        for new in news:
            old = next((b for b in before if b.key == new.key), None)
            texts.append(self.program.dedented(self._line(old)) if old else self.rendering.render(new))
        text = "\n".join(part.rstrip("\n") for part in texts)
        if i > 0 and before[i - 1].kind != "gap":
            return self.program.insert(text, after=self._line(before[i - 1]))
        if i < len(before) and before[i].kind != "gap":
            return self.program.insert(text, before=self._line(before[i]))
        raise Unmappable

    def _line(self, statement: Term) -> cst.CSTNode:
        return self.program.statement_of(node_of(self.match.at(statement)))

    def _deletion(self, old: Term) -> Edit:
        edit = self.program.delete(self._line(old))
        if edit is None:
            raise Unmappable
        return edit

    def _inside(self, p: Term, q: Term) -> Iterator[Edit]:
        if p.kind == "block" and q.kind == "block":
            yield from self.statements(p.children, q.children)
        else:
            yield from super()._inside(p, q)
