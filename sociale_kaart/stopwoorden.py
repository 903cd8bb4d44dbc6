"""Words that say nothing about what somebody looks for."""

NEDERLANDS = """
aan al alles als altijd andere ben bij binnen daar dan dat de der deze die dit doch doen door dus een eens en er ge
geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je kan kon kunnen maar me meer
men met mij mijn moet moeten mag mogen na naar niet niets nog nu of om omdat onder ons ook op over reeds steeds te
tegen toch toen tot u uit uw van veel voor want waren was wat weer wel werd wezen wie wil willen worden wordt zal ze
zei zelf zich zij zijn zo zonder zou zouden weinig heel erg bijna elke keer ga gaan gaat komt komen krijg krijgt
krijgen graag hallo help even eigenlijk gewoon waar wanneer welke waarom jullie onze jouw mevrouw meneer mevr dhr mw
heer dame persoon mensen mens iedereen vraag vragen vraagt zoek zoekt zoeken weet weten wij we dag bent hebt doe
doet laat laten staat ander te terug vaak soms via per s kunt omdat zoveel zoals waarvoor daarvoor hiervoor ermee
erbij eruit eraan wilt mocht moest wou wilde willen daarom best erg hele helemaal nooit ooit iedere ieder elk veels
zn mn m n t d k durf durft vind vindt voel weinig dr ie toe t gaf geef geeft echt eigen haar hen laatste tijd
sinds af steeds door tijdens vanaf hierbij hoeveel welk wiens echter meneer goedemorgen goedemiddag dank bedankt aub
alstublieft gaande geworden werden bezig wacht lijkt lukt probeer
"""
STOPWOORDEN = frozenset(NEDERLANDS.split())
# Only where the sentence is English: `want` and `is` are Dutch too.
ENGELS = frozenset(
    """
    the a an i you he she it we they my your his her our their me him us them is am are was were be been do does did
    have has had can cannot could will would should may might must not no and or but if of in on at to for from with by
    about as that this these those there here how where what who which when why need want get give go some any someone
    anyone please looking find near into out up so very too just also im dont cant don t ll ve s m d like help
    """.split()  # noqa: SIM905
)
# These say how somebody wants to be helped, not with what: they count, but little.
ALGEMEEN = frozenset(
    """
    aanvragen aanvraag regelen nodig hulp helpen ondersteuning begeleiding advies informatie uitleg organisatie
    instantie loket gemeente spreken praten adres telefoonnummer contact afspraak maken halen ophalen kopen nederland
    nederlandse dorp mogelijkheden mogelijk wonen woont woon buurt omgeving plek hebben beginnen nieuw nieuwe zitten zit
    werkt kwijt kwijtraken goed beter gaan anders anderen
    """.split()  # noqa: SIM905
)
