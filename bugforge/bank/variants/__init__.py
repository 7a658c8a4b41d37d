"""One exercise in a form for one candidate: other names, another order, the same numbers."""
