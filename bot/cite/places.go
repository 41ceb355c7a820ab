package cite

// cities are places of which the first is the larger: who reads of Chicago may
// speak of Illinois and of America. The states of the union come first, up to
// Germany; they and words of their one federal government stand for the country.
const cities = `
us federal congress congressional senate pentagon capitol nba nfl nhl ncaa fbi cia medicare medicaid obamacare broadway hollywood democrat republican gop irs epa fda cdc
alabama birmingham montgomery huntsville
alaska anchorage juneau fairbanks
arizona phoenix tucson
arkansas little_rock fayetteville
california los_angeles san_francisco san_diego sacramento oakland san_jose fresno calif hollywood
colorado denver boulder colorado_springs colo
connecticut hartford bridgeport new_haven
delaware wilmington dover
florida miami orlando tampa jacksonville tallahassee fort_myers fort_lauderdale fla
georgia atlanta savannah augusta
hawaii honolulu
idaho boise
illinois chicago springfield
indiana indianapolis fort_wayne
iowa des_moines cedar_rapids
kansas wichita topeka
kentucky louisville lexington
louisiana new_orleans baton_rouge shreveport
maine portland bangor augusta
maryland baltimore annapolis
massachusetts boston cambridge worcester
michigan detroit lansing ann_arbor flint mich
minnesota minneapolis st_paul duluth minn
mississippi jackson biloxi
missouri st_louis kansas_city ferguson
montana billings helena missoula
nebraska omaha lincoln
nevada las_vegas reno carson_city
new_hampshire manchester
new_jersey newark trenton
new_mexico albuquerque santa_fe
new_york manhattan brooklyn albany bronx
north_carolina charlotte raleigh durham
north_dakota fargo bismarck
ohio columbus cleveland cincinnati toledo dayton
oklahoma tulsa oklahoma_city
oregon portland salem eugene
pennsylvania philadelphia pittsburgh harrisburg
rhode_island providence
south_carolina charleston columbia greenville
south_dakota pierre sioux_falls
tennessee nashville memphis knoxville
texas houston dallas austin san_antonio el_paso fort_worth texan
utah salt_lake provo
vermont burlington montpelier
virginia richmond norfolk charlottesville
wisconsin milwaukee madison
wyoming cheyenne
germany munich hamburg frankfurt cologne bavaria bavarian stuttgart dresden leipzig
france lyon marseille bordeaux toulouse strasbourg
uk england scotland wales manchester liverpool birmingham glasgow edinburgh belfast
italy milan naples turin venice genoa sicily
spain barcelona seville valencia catalonia bilbao
russia petersburg siberia sochi chechnya crimea
china shanghai shenzhen wuhan guangzhou xinjiang tibet
india mumbai kolkata kashmir bangalore chennai
japan osaka kyoto fukushima hiroshima okinawa
turkey istanbul izmir
poland krakow gdansk
canada toronto montreal vancouver quebec ontario
australia sydney melbourne perth brisbane queensland
brazil rio sao_paulo
syria aleppo homs idlib raqqa
iraq mosul basra kirkuk
egypt alexandria sinai
israel aviv gaza
ukraine donetsk crimea kharkiv odessa luhansk
pakistan karachi lahore peshawar
`
