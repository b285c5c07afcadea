"""What the trained reader finds in a report: spans, who says what, triggers with arguments, classes.

It proposes; the stages weigh its proposals against the parse and the frames of the ontology.
"""
