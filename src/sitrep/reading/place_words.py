"""Words around place names: what newspapers write before, after and instead of them."""

from __future__ import annotations

from sitrep.model import PlaceKind


def words(text: str) -> frozenset[str]:
    """A set of the words of a text."""
    return frozenset(text.split())


# prepositions before a place, by how often something else than a place follows them
AT = words("in near outside inside throughout around into toward towards across within onto upon amid")
FROM = words("from to at through via between beyond off along past above below over of for")
DIRECTIONS = words(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern central upper lower downtown uptown midtown inner outer greater metro "
    "metropolitan suburban rural urban coastal mainland nearby neighboring neighbouring neighbour old n. s. e. w. "
    "rebel-held government-held besieged war-torn occupied"
)
# common nouns of places; what kind of place "the city of X" or "X province" names
PLACE_NOUNS: dict[str, PlaceKind] = {
    **dict.fromkeys(
        words(
    "city town village hamlet port suburb township settlement capital borough resort stronghold hometown"
),
        "settlement",
    ),
    **dict.fromkeys(words(
    "province governorate state oblast republic emirate territory prefecture voivodeship"
), "admin1"),
    **dict.fromkeys(words(
    "district county parish municipality raion canton commune department subdistrict"
), "admin2"),
    **dict.fromkeys(
        words(
    "region area neighborhood neighbourhood enclave pocket quarter sector zone corridor front outskirts suburbs"
),
        "area",
    ),
    **dict.fromkeys(
        words(
    "river valley mountain mountains lake island islands peninsula desert coast sea gulf bay strait hills hill "
    "forest delta plain plateau creek basin gorge pass"
),
        "natural",
    ),
}  # fmt: skip
# nouns that make the name before them a place, whatever it looks like: "Salah Eddin neighbourhood"
CALLS_PLACE = words(
    "city town village hamlet suburb province governorate oblast district county municipality raion subdistrict region "
    "area neighborhood neighbourhood enclave river valley mountain mountains island islands peninsula countryside"
)
# and the name after "of": also of several places
PLACES_OF: dict[str, PlaceKind] = {
    **dict.fromkeys(words("cities towns villages hamlets suburbs settlements ports"), "settlement"),
    **dict.fromkeys(words("provinces governorates"), "admin1"),
    **dict.fromkeys(words("districts counties municipalities"), "admin2"),
    **dict.fromkeys(words("regions areas neighborhoods neighbourhoods outskirts countryside"), "area"),
}
# last words of a facility's name
FACILITIES = words(
    "barrage "
    "airport airfield airbase aerodrome base barracks garrison camp prison jail penitentiary hospital clinic "
    "crossing checkpoint bridge dam refinery pipeline terminal harbor harbour port seaport station mosque church "
    "cathedral temple monastery synagogue shrine school university college institute academy stadium arena market "
    "souk bazaar palace embassy consulate hotel mall plant factory reactor mine quarry field oilfield depot "
    "warehouse tunnel highway freeway motorway expressway turnpike interstate road street avenue boulevard lane "
    "drive way square roundabout junction intersection park plaza tower towers building center centre museum "
    "library courthouse court headquarters compound complex outpost citadel fortress castle fort cemetery "
    "graveyard trail pier marina zoo theater theatre auditorium gymnasium elementary rd st ave blvd dr ln hwy rte "
    "pkwy parkway place house hall village gardens farm ranch estate"
)
STREETS = words("street avenue boulevard lane drive road rd rd. st st. ave ave. blvd blvd. dr dr. ln ln. parkway pkwy")
# facilities that reports of conflict name with a small letter: "Mitiga airport"
SMALL_FACILITIES = words(
    "airport airfield airbase base barracks camp prison jail hospital crossing checkpoint bridge dam refinery "
    "port seaport mosque church cathedral university stadium market palace embassy consulate mine oilfield "
    "highway road terminal tunnel compound headquarters garrison citadel cemetery"
)
# words between a name and the last word of its facility: "Ain al-Hilweh refugee camp", "Bagram air base"
FACILITY_MIDDLE = words(
    "international regional municipal air military naval army refugee border detention central general grand main "
    "power oil gas nuclear training displaced idp high state public community medical memorial national district "
    "hydroelectric"
)
TITLES = words(
    "mr mr. mrs mrs. ms ms. miss dr dr. gen gen. general col col. colonel maj maj. major capt capt. captain lt "
    "lt. lieutenant sgt sgt. sergeant cpl cpl. pvt pvt. adm adm. admiral cmdr commander sen sen. senator rep rep. "
    "gov gov. governor president premier minister chancellor king queen prince princess sheikh sheik imam "
    "ayatollah mullah pope bishop archbishop father rev rev. sir lord lady dame judge justice prof prof. "
    "professor coach detective officer deputy sheriff mayor councilman councilwoman coroner sister brother st "
    "saint chairman spokesman spokeswoman attorney "
    "secretary ambassador envoy commissioner"
)
# verbs that people, not towns, are the subject of
SPEECH = words("said says told added asked replied explained recalled wrote testified argued tweeted laughed thinks")
# words that follow a place inside the name of an institution: "Derna Shura Council", "Ohio State University"
INSTITUTION = words(
    "police fire department ministry ministries university college school schools county city town township state "
    "council court courts parliament assembly legislature senate congress government chamber committee commission "
    "board authority agency office bureau bank museum library hospital airport park parks district municipal "
    "regional public community high middle elementary central national international metropolitan port army navy "
    "military guard air airlines airways railways railroad transit transportation health medical sheriff "
    "sheriff's coroner prosecutor attorney bar association society club league federation union foundation "
    "institute center centre times post herald tribune journal star news gazette daily morning evening sun "
    "chronicle observer register press republic radio television tv broadcasting area valley river lake bay hills "
    "heights road street avenue highway bridge dam supreme superior circuit family appeals federal labor labour "
    "democratic republican people's civil volunteer rescue emergency water power light electric energy gas oil "
    "corp corp. inc inc. co co. group company industries partners arts historical symphony orchestra theater "
    "theatre festival conference summit treaty accord agreement peace liberation resistance patriotic "
    "revolutionary islamic brigade brigades battalion division front movement party operations command security "
    "defense defence intelligence tribal elders human rights observatory"
)
INSTITUTION_OF = words(
    "university bank ministry government republic kingdom state city town village county province district "
    "governorate parliament army embassy consulate institute college bishop archbishop diocese port gulf bay sea "
    "isle island battle siege treaty mayor governor president king emir council people church society association "
    "company voice"
)
WIRES = words("ap afp reuters upi xinhua dpa ansa tass interfax cnn ips irin bbc sana anadolu itar-tass bloomberg cns")
DASHES = words("- -- --- – — ― : /")
# who and what towns have: "Columbia taxpayers", "an Athens man"
PEOPLE = words(
    "man woman men women resident residents native natives police firefighters firefighter officials official "
    "officers mayor councilman taxpayers voters families family home homes house apartment school schools teen "
    "teenager couple driver student students businessman businesswoman neighborhood neighbourhood suburb street "
    "streets court courts hospital hospitals jail prison airport office offices campus plant market markets "
    "economy headquarters border coast lawmakers leaders authorities government troops soldiers forces militia "
    "militias fighters rebels front offensive operation campaign siege bombing attack stronghold"
)
# everyday words inside place names; alone they name no place, though the gazetteer knows towns of that name
COMMON = (DIRECTIONS | frozenset(PLACE_NOUNS) | INSTITUTION | FACILITIES | TITLES | PEOPLE | SPEECH) - words("victoria")
# words of a natural feature's name: "Flint Hills", "Lake Chad"
NATURAL_LAST = words(
    "river valley mountain mountains lake island islands peninsula desert bay hills hill forest creek gorge "
    "canyon falls delta strait sea ocean gulf coast basin plateau plains heights reservoir lagoon swamp wilderness"
)
NATURAL_FIRST = words("lake mount river cape wadi jabal jebel mt mt. gulf")
# "City of Richmond": the toponym is Richmond
OF_WORDS = words("city town village state county borough township district")
# "Native American", "United Russia": no place is meant
NOT_AFTER = words("daily native african- united latin- anglo- afro- asian- miss hms uss ss")
# facilities that are open ground or ways, which guidelines of place names count; buildings count as institutions
OPEN_GROUND = STREETS | words(
    "airport airfield airbase aerodrome base camp crossing checkpoint bridge dam port seaport harbor harbour station "
    "square roundabout junction intersection park plaza trail marina pier highway freeway motorway expressway turnpike "
    "interstate way street cemetery quarry mine field oilfield market fort citadel castle gardens farm tunnel"
)
# numbered roads: "Highway 75"
NUMBERED = words("highway interstate route road rte hwy us- i-")
# single words that a gazetteer of the world knows as towns but a newspaper never means as one
NEVER = words(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday no mr mrs ms sr jr inc est pst gmt utc dui ngo nato osce olympic olympics duma "
    "first second third one two three ten day god christmas easter ramadan eid boe ceo isis isil pkk ypg sdf fsa "
    "islam muslim muslims christian christians jewish jews sunni shia shiite republican republicans democrat democrats "
    "democratic the this that these those he she it they we i my our his her their and or but if when where what who "
    "mission battle ocean yazidi yazidis kurd kurds alawite alawites shiites sunnis druze"
)
# verbs whose object in reports of conflict is often a town: "retook Avdiivka"
TAKES_PLACE = words(
    "capture captured capturing seize seized seizing retake retook retaking retaken recapture recaptured "
    "recapturing liberate liberated liberating enter entered entering storm stormed storming besiege besieged "
    "besieging bomb bombed bombing shell shelled shelling pound pounded pounding hit struck attack attacked "
    "attacking reach reached reaching leave left leaving visit visited visiting flee fled fleeing overran "
    "overrun control controls controlled controlling surround surrounded surrounding encircle encircled "
    "encircling"
)
