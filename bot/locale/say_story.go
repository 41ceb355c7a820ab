package locale

// Stories: all articles that report one event.

// LatestStories stands above the newest stories.
func LatestStories() Message { return with("story.latest") }

// LatestStoriesOf stands above those of an outlet.
func LatestStoriesOf(outlet string) Message {
	return with("story.latest_of", strange("Outlet", outlet))
}

// LatestStoriesAbout stands above those about a topic.
func LatestStoriesAbout(topic string) Message {
	return with("story.latest_about", strange("Topic", topic))
}

// CountOutlets counts outlets.
func CountOutlets(n int) Message { return counted("count.outlets", n) }

// CountOrigins counts independent origins.
func CountOrigins(n int) Message { return counted("count.origins", n) }

// StoryCounts says how many outlets report a story, from how many origins, and which
// these are: "4 outlets, 2 origins: Reuters and own reporting".
func StoryCounts(outlets, origins int, labels []Message) Message {
	return with("story.counts", inner("Outlets", CountOutlets(outlets)), inner("Origins", CountOrigins(origins)), all("Labels", labels))
}

// OriginAgency is an origin that has a name.
func OriginAgency(name string) Message { return with("story.agency", strange("Name", name)) }

// OriginOwn is what n outlets wrote themselves.
func OriginOwn(n int) Message { return counted("story.own_reporting", n) }

// OriginPress is a press release.
func OriginPress() Message { return with("story.press_release") }

// StoryOrigin is a line: an origin, and the outlets that print it.
func StoryOrigin(origin Message, outlets []string) Message {
	return with("story.origin", inner("Origin", origin), names("Outlets", outlets))
}

// StoryOrigins stands above the origins of a story.
func StoryOrigins() Message { return with("story.origins") }

// StoryAdds stands above what later articles of a story say and earlier ones do not.
func StoryAdds() Message { return with("story.adds") }

// StoryDiffers stands above what outlets differ on.
func StoryDiffers() Message { return with("story.differs") }

// StoryLater is a part of a line: that the values were told one after the other.
func StoryLater() Message { return with("story.later") }

// StoryDenied is a part of a line: that it is told as what is not so.
func StoryDenied() Message { return with("story.denied") }

// StoryMore counts the articles of a story that are not shown.
func StoryMore(n int) Message { return counted("story.more", n) }

// StoryGone says that there is no such story.
func StoryGone() Message { return with("story.gone") }

// StoryUsage says how a story is asked for.
func StoryUsage() Message { return with("story.usage") }

// ButtonStory shows the story that has the number in a list.
func ButtonStory(n int) Message { return with("button.story", amount("N", n)) }
