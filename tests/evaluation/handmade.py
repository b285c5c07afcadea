"""Readings made by hand, by naming words of one sentence."""

from sitrep.model import (
    Actor,
    Argument,
    Claim,
    Event,
    Evidence,
    Mention,
    Published,
    Reading,
    Reason,
    Report,
    Sentence,
    Source,
    Speaker,
)


class Desk:
    """Builds a reading of one text by naming words in it."""

    def __init__(self, text):
        self.text = text
        self.actors, self.mentions, self.events, self.claims = [], [], [], []

    def words(self, words):
        start = self.text.index(words)
        return Evidence(start=start, end=start + len(words), quote=words)

    def actor(self, words, country=None, kind="state"):
        evidence = self.words(words)
        mention = Mention(id=f"m{len(self.mentions)}", kind="group", form="name", evidence=(evidence,), head=evidence)
        self.mentions.append(mention)
        actor = Actor(
            id=f"a{len(self.actors)}",
            name=words,
            kind=kind,
            countries=(country,) if country else (),
            aliases=(),
            mentions=(mention.id,),
            link=None,
        )
        self.actors.append(actor)
        return actor

    def event(self, kind, trigger, factuality="occurred", reason=None, claims=(), **roles):
        evidence = self.words(trigger)
        arguments = tuple(
            Argument(role=role, actor=actor.id, evidence=(self.words(actor.name),), score=0.9)
            for role, actor in roles.items()
        )
        self.events.append(
            Event(
                id=f"e{len(self.events)}",
                type=kind,
                trigger=evidence,
                triggers=(evidence,),
                factuality=factuality,
                reason=Reason(kind="modality", evidence=(self.words(reason),)) if reason else None,
                background=False,
                arguments=arguments,
                place=None,
                time=None,
                weapon=None,
                quantities=(),
                claims=tuple(claims),
                causes=(),
                headline=False,
                evidence=(Evidence(start=0, end=len(self.text), quote=self.text),),
                score=0.8,
            )
        )

    def claim(self, actor, cue):
        claim = Claim(
            id=f"k{len(self.claims)}",
            speaker=Speaker(actor=actor.id, evidence=(self.words(actor.name),)),
            cue=(self.words(cue),),
            content=(self.words(self.text),),
            kind="indirect",
            stance="asserts",
            about=(),
        )
        self.claims.append(claim)
        return claim.id

    def reading(self):
        report = Report(
            id="r",
            source=Source(kind="text", uri="r", id="r"),
            outlet=None,
            title=None,
            byline=None,
            language="en",
            text=self.text,
            published=Published(value=None, basis="unknown"),
        )
        return Reading(
            report=report,
            sentences=(Sentence(start=0, end=len(self.text)),),
            mentions=tuple(self.mentions),
            actors=tuple(self.actors),
            events=tuple(self.events),
            claims=tuple(self.claims),
        )
