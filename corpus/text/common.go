package text

// englishCommon are words that begin sentences without being names. Most were
// counted over 5,312 news articles of 129 outlets (26 MB): words that begin at
// least eight sentences there and stand inside sentences at least six times as
// often in lower case as capitalised; they begin 59 of 100 sentences. Some
// plurals that news like to begin with were added by hand.
const englishCommon = `
abortion about absolutely according accordingly across acting activists actually ad adding
additional additionally addressing administration advocacy advocates after afterward again
agencies agents ahead aides airstrikes all almost along already also although amid among an
analysis analysts and another anti any anybody anyone anything apparently appearing
approximately are area around as aside ask asked assuming at attorneys audio auditors
authorities autumn average back bad banks based basically be because before beginning behind
being besides between beyond big border born both breaking business businesses but buyers by
call calling calls campaign campaigners can candidates certainly chamber charges check children
citing citizenship clearly click climate close combined come coming companies concerns
conservative conservatives consider considering construction consulate consumers content
contrary contributing copyright costs could court courts credit criticism critics crowds cruise
current currently data days delegates demonstrators depending despite details did diplomatic
diplomats do doctors documents does doing dozens drivers due during each earlier early echoing
economic economists editor efforts eight either election elsewhere email emails emergency
emerging employees employers employment engineers enough especially establishment even
eventually ever every everybody everyone everything evidence ex except exclusive exit expect
experts exports faced facing facts failure families family far farmers fear fears federal fellow
few fifteen fighting finally financial finding fire firefighters fires first fishermen five
flights floods follow following food for forces forecasters former four frankly from fuel full
further furthermore gas gay generally get getting give given global go going good got government
grant groups gun gunmen guy had half hard has hate have having he hearing heavy help hence her
here high highly his history holding home hope hopefully hospitals host hours how however
hundreds if illegal image imagine immediately immigrant immigrants immigration impeachment
importantly imports in indeed independent individuals inflation information initial initially
inside inspectors instead insurers interim investigators investors ironically is it its job join
journalists judges jurors just keep keeping key knowing known lack large last late later latest
law lawmakers lawyer lawyers leaders leading legal less let liberal liberals like likewise
little live local long look looking loser losers losses love lower lying major make making
manufacturing many markets maybe meanwhile media mediators meeting members men militants
military millions ministers mission moments money months morning most moving much multiple must
my near nearly negotiations negotiators neighbors neighbours neither net never nevertheless next
nine no nobody none nonetheless nor normally not notably note nothing noting now number numerous
nurses obviously of officer officers official officials often oil on once one online only open
opinion opponents opposition or organisers organizers original originally other others otherwise
our out outside over overall owners parents part particularly parts passengers patients people
per perhaps period photograph play plus police political politically politicians politics poll
polling polls ports power presidential pressed pressure previous previously prices prior private
pro probably profits progressive progressives prominent proponents prosecutor prosecutors
protesters protests public pupils put putting question questions quick race racism rain raising
rather reached reaction real really rebels recent recently records referring regarding
regardless regulators related relatives release remember report reporter reporters reports
rescue rescuers researchers residents respect responding results retired right riot rivers roads
roughly sad sadly said sailors sales same sanctions saying schools scientists scores search
second see sellers senators send sending senior separately seven seventeen several sexual shame
shares she ships short shortly should show signs similar similarly simply since six sixteen
small snow so soldiers some somebody someone something sometimes soon sorry source sources
speaking specifically speculation spending spring standing start starting statement stay step
still stock stocks stop storm story strong students subsequent such summer support supporters
sure surely surveys take taken taking talk talking talks tariffs tax taxes teachers team tell
tens tensions terrorism testifying thank thanks that the their then there therefore these they
things think third thirty this those though thousands three through throughout thus time
timeline to together tomorrow too top total tourists trade trains transgender troops true try
trying turnout two typically ultimately under underscoring unemployment unions unless unlike
until up update updated upon urgent using vaping very victims video view villagers violence
violent virtually visit visitors volunteers vote voter voters voting wages want warning was
water we wearing weeks welcome well were what whatever when whenever where wherever whether
which while who whoever why will winners winter with within without witnesses women word words
workers working would writing years yesterday yet you young your zero`
