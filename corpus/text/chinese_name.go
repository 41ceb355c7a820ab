package text

import "unicode/utf8"

// The signs and words by which names of Chinese are found.
var (
	// hanSurnames are the commonest family names; hanDouble those of two signs.
	hanSurnames    = signs("王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武張劉陳楊黃趙吳孫馬許鄧馮韓蕭葉蔣蘇呂")
	hanDoubleSigns = signs("欧司上诸东")
	hanDouble      = map[string]bool{"欧阳": true, "司马": true, "上官": true, "诸葛": true, "东方": true}
	// hanTitles stand before a name or behind it, hanSayings behind it.
	hanTitles  = listed("总统 主席 总理 首相 部长 省长 市长 县长 州长 镇长 局长 行长 队长 团长 会长 社长 站长 院长 校长 司令 将军 上校 大使 教授 博士 先生 女士 小姐 议员 法官 律师 医生 记者 发言人 书记 董事长 总裁 经理 主任 船长 教练 導演 导演 作家 研究员 总監 秘书长 外长 防长 總統 總理 市長 部長")
	hanSayings = listed("说 说道 表示 称 指出 认为 宣布 告诉 强调 透露 回应 回答 补充 解释 警告 问 喊 写道 坦言 呼吁 介绍 説 說 稱")
	// hanWords are words that begin with the sign of a family name and are no
	// names.
	hanWords = listed(`马上 高度 高速 高级 黄色 黄金 王国 王室 周围 周边 周末 周日 方面 方式 方向 白天 白色 金融 金属 金额 石油 江水 田野 于是 任何 任务
		万一 钟头 余下 严重 严格 程度 程序 许多 许可 何时 何况 何必 何人 龙头 雷雨 史上 段落 武器 武装 夏天 夏季 秦朝 唐朝 宋朝 林业 林木 毛利 毛病 曾经 曾在 曾说 曾表 侯选
		杜绝 谢谢 水平 范围 章程 戴着 顾客 顾问 贺信 钱包 陆地 陆军 陆续 孙子 胡同 罗列 彭湃 熊猫 石头 白宫 方案 高层 高官 马路 叶子 蔡司`)
	hanStates = listed(`中国 美国 英国 法国 德国 俄罗斯 日本 韩国 朝鲜 印度 巴基斯坦 阿富汗 伊朗 伊拉克 叙利亚 以色列 巴勒斯坦 沙特 沙特阿拉伯 土耳其 埃及 乌克兰
		波兰 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 芬兰 丹麦 奥地利 希腊 加拿大 墨西哥 巴西 阿根廷 澳大利亚 新西兰 越南 泰国 菲律宾 马来西亚 印度尼西亚
		新加坡 缅甸 哈萨克斯坦 欧盟 联合国 北约 欧洲 亚洲 非洲 北京 上海 香港 台湾 澳门 莫斯科 伦敦 巴黎 柏林 华盛顿 纽约 东京 首尔 德黑兰 美國 英國 法國 德國 中國`)
	// hanSounds are the signs that foreign names are mostly written with.
	hanSounds = signs(`阿埃艾爱安昂奥巴白拜班邦保鲍贝本比彼毕波伯博布查茨达戴丹道德登邓狄迪蒂丁东杜多顿厄恩尔法范菲费芬丰佛弗福夫富盖甘冈高戈格葛古瓜圭哈海汉翰豪赫黑亨
		洪侯胡华惠霍基吉季加贾杰金居卡凯坎康考柯科克肯库夸拉莱兰朗劳勒雷蕾黎李里利丽莉连林琳刘龙卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙米密明缪莫默姆穆娜纳乃奈南内尼妮宁牛纽努诺欧帕
		潘庞佩彭皮平珀泼普奇齐乔琴琼丘热瑞若撒萨塞桑瑟沙莎山尚绍舍申圣施史斯舒司丝斯苏索塔泰坦汤唐陶特藤提廷图托瓦万旺威韦维魏温文沃乌吾武西希锡夏肖谢辛欣休许雪逊雅亚延扬
		耶叶伊依因英尤于约泽扎赞詹珍芝朱兹兒儿爾爾羅維亞倫蘭馬達`)
	hanDots = map[string]bool{"·": true, "•": true, "・": true, "‧": true}
	// hanBorders stand before the names of places, hanPlaces end them, and what
	// is in hanNoPlace behind such a sign shows that it is part of another word.
	hanBorders = signs("在于从到往自和与及去赴抵达离了、")
	hanPlaces  = signs("市省县州镇岛港")
	hanNoPlace = signs("长場场民委区口湾币元")
	// hanNoGiven are signs of verbs and the like, which end no given name.
	hanNoGiven = signs("上下在将已曾于今昨会不又再就从向为")
	hanPlain   = signs("大小各全本该老新两中我他她这那多一城外内今昨明每某几")
	// hanCallings end the names of callings: "经济学家".
	hanCallings = signs("家员师者长授手")
	hanBoundary = signs("和与由对向跟被给让据了的在是")
)

// listed returns a set of words; those of signs need no other form.
func listed(list string) map[string]bool { return set(list) }

// chineseName reads a name that begins at token i.
func chineseName(n *namer, i int) (from, end int) {
	for _, way := range []func(*namer, int) (int, int){hanTitle, hanForeign, hanState, hanPerson, hanPlace} {
		if from, end = way(n, i); end > from {
			return from, end
		}
	}
	return i, i
}

// longestTitle bounds the signs between 《 and 》.
const longestTitle = 30

// hanTitle reads the title of a paper or a book: "《海港日报》".
func hanTitle(n *namer, i int) (from, end int) {
	if n.at(i).text != "《" {
		return i, i
	}
	for end = i + 1; end < len(n.list) && end <= i+longestTitle; end++ {
		switch n.list[end].text {
		case "》":
			return i + 1, end
		case "《", "。":
			return i, i
		}
	}
	return i, i
}

// hanForeign reads "约翰·史密斯": signs of sounds with a dot between them.
func hanForeign(n *namer, i int) (from, end int) {
	dotted := false
	for end = i; end < len(n.list) && end < i+longestTitle; end++ {
		if hanDots[n.list[end].text] && end > i {
			dotted = true
		} else if !hanSounds[n.list[end].text] {
			break
		}
	}
	if end > i && hanDots[n.at(end-1).text] {
		end--
	}
	if !dotted || end < i+3 {
		return i, i
	}
	return i, end
}

// longestState is the number of signs of the longest name of a state.
const longestState = 6

// hanStateSigns are the signs that names of states begin with.
var hanStateSigns = func() map[string]bool {
	m := make(map[string]bool)
	for name := range hanStates {
		_, n := utf8.DecodeRuneInString(name)
		m[name[:n]] = true
	}
	return m
}()

// hanState reads the name of a state or a great city.
func hanState(n *namer, i int) (from, end int) {
	if !hanStateSigns[n.at(i).text] {
		return i, i
	}
	_, end = longest(&n.reader, i, longestState, hanStates)
	return i, end
}

// hanPerson reads a family name with one or two signs behind it, where a title or
// a verb of saying stands beside it.
func hanPerson(n *namer, i int) (from, end int) {
	given := i + 1
	if !hanSurnames[n.at(i).text] && !hanDoubleSigns[n.at(i).text] {
		return i, i
	}
	if _, next := longest(&n.reader, i, 2, hanDouble); next > i {
		given = next
	} else if !hanSurnames[n.at(i).text] {
		return i, i
	}
	if _, word := longest(&n.reader, i, 2, hanWords); word > i || !n.given(given) {
		return i, i
	}
	titled := n.titleBefore(i)
	if !titled && !n.boundary(i) {
		return i, i
	}
	for _, end = range []int{given + 2, given + 1} {
		if n.given(end-1) && n.tellsPerson(end) {
			return i, end
		}
	}
	switch _, date := n.hanDate(given + 1); {
	case !titled:
		return i, i
	case date > given+1 || !n.given(given+1) || hanNoGiven[n.at(given+1).text]:
		return i, given + 1
	}
	return i, given + 2
}

// given reports whether token i may be a sign of a given name.
func (n *namer) given(i int) bool {
	t := n.at(i)
	return t.word && t.glued && len(t.text) == 3 && !n.stops[t.text] && !t.digit()
}

// tellsPerson reports whether a title or a verb of saying stands at token i.
func (n *namer) tellsPerson(i int) bool {
	if !n.at(i).glued {
		return false
	}
	_, title := longest(&n.reader, i, 3, hanTitles)
	_, saying := longest(&n.reader, i, 2, hanSayings)
	return title > i || saying > i
}

// titleBefore reports whether a title ends before token i.
func (n *namer) titleBefore(i int) bool {
	for k := 2; k <= 3; k++ {
		if _, end := longest(&n.reader, max(i-k, 0), k, hanTitles); end == i && i >= k {
			return true
		}
	}
	return false
}

// boundary reports whether a word begins at token i for sure.
func (n *namer) boundary(i int) bool {
	before := n.at(i - 1)
	return !before.word || !n.at(i).glued || hanBoundary[before.text] || hanCallings[before.text]
}

// longestPlace is the number of signs before the last of the name of a place.
const longestPlace = 4

// hanPlace reads "海城市" behind a sign that places follow, or a mark.
func hanPlace(n *namer, i int) (from, end int) {
	if before := n.at(i - 1); before.word && !hanBorders[before.text] || hanPlain[n.at(i).text] {
		return i, i
	}
	for end = i; end < i+longestPlace; end++ {
		t := n.at(end)
		if !t.word || len(t.text) != 3 || n.stops[t.text] || end > i && !t.glued {
			return i, i
		}
		next := n.at(end + 1)
		if end > i && hanPlaces[next.text] && next.glued && !hanNoPlace[n.at(end+2).text] {
			return i, end + 2
		}
	}
	return i, i
}
