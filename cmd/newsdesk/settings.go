package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/adrg/xdg"
	"github.com/alecthomas/kong"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
)

// settings are what can be chosen; each is a flag, a variable of the
// environment and a line of the settings file. The secrets are only ever in the
// environment.
type settings struct {
	OpenaiBaseURL          string `name:"openai-base-url" help:"Model server, up to and with /v1." placeholder:"URL"`
	OpenaiModel            string `name:"openai-model" help:"Model that writes answers." placeholder:"NAME"`
	OpenaiContext          int    `name:"openai-context" help:"Context of that model in tokens, where the server does not tell it." placeholder:"N"`
	OpenaiEmbeddingBaseURL string `name:"openai-embedding-base-url" help:"Model server for embeddings, when another." placeholder:"URL"`
	OpenaiEmbeddingModel   string `name:"openai-embedding-model" help:"Model that embeds passages." placeholder:"NAME"`
	TelegramAPIURL         string `name:"telegram-api-url" help:"Bot API server." placeholder:"URL"`
	TelegramWebhookURL     string `name:"telegram-webhook-url" help:"Address at which a proxy hands Telegram's requests on; without it, Telegram is asked for updates." placeholder:"URL"`
	TelegramWebhookListen  string `name:"telegram-webhook-listen" help:"Where serve takes those requests." placeholder:"HOST:PORT"`
	JudgeTokens            int    `name:"second-reader" help:"Tokens that the model may read for one question to judge each sentence a second time and drop it; 0, the default, is off." placeholder:"TOKENS"`
	QuestionsPerPerson     int    `name:"questions-per-person" help:"Questions a day that one person may put to the model; 0 is no bound. The built-in generator answers the others." placeholder:"N"`
	QuestionsPerChat       int    `name:"questions-per-chat" help:"The same in one chat." placeholder:"N"`
	TokensPerDay           int    `name:"model-budget" help:"Tokens of the model a day, read and written, of the whole bot; 0 is no bound." placeholder:"N"`
	OpsListen              string `name:"ops-listen" help:"Where serve answers /healthz, /readyz and /metrics; keep it on loopback." placeholder:"HOST:PORT"`

	OutletContact string        `name:"outlet-contact" help:"Where an outlet finds out who reads it, an address of a page or of mail; it is sent with each request." placeholder:"URL"`
	OutletProxy   string        `name:"outlet-proxy" help:"HTTP proxy through which outlets are read." placeholder:"URL"`
	OutletPace    time.Duration `name:"outlet-pace" default:"1s" help:"Time between two requests of one host." placeholder:"TIME"`
	OutletsAtOnce int           `name:"outlets-at-once" default:"16" help:"Feeds that are read at once." placeholder:"N"`
	OwnHosts      []string      `name:"own-hosts" help:"Hosts of your own network that may be read, such as feeds.example:8080, with commas between them; no others of it are." placeholder:"HOST,…"`
	RecheckDays   int           `name:"recheck-days" default:"7" help:"Days for which an article's page is looked at again for changes; 0 is never." placeholder:"N"`
	KeepDays      int           `name:"keep-days" help:"Days after which articles are removed; 0, the default, is never. An outlet can have its own." placeholder:"N"`
	KeepArticles  int           `name:"keep-articles" help:"Articles of an outlet that are kept, the newest; 0, the default, is all." placeholder:"N"`

	secrets secrets
}

// secrets come from the environment and are shown, logged and stored nowhere.
type secrets struct {
	telegramToken string
	openaiKey     string
}

const (
	envTelegramToken = "TELEGRAM_BOT_TOKEN"
	envOpenaiKey     = "OPENAI_API_KEY"
	envData          = "NEWSDESK_DATA"
	envConfig        = "NEWSDESK_CONFIG"
)

// variables maps the environment to the names of flags.
var variables = map[string]string{
	envData:                     "data",
	"OPENAI_BASE_URL":           "openai-base-url",
	"OPENAI_MODEL":              "openai-model",
	"OPENAI_CONTEXT":            "openai-context",
	"OPENAI_EMBEDDING_BASE_URL": "openai-embedding-base-url",
	"OPENAI_EMBEDDING_MODEL":    "openai-embedding-model",
	"TELEGRAM_API_URL":          "telegram-api-url",
	"TELEGRAM_WEBHOOK_URL":      "telegram-webhook-url",
	"TELEGRAM_WEBHOOK_LISTEN":   "telegram-webhook-listen",
	"NEWSDESK_OPS_LISTEN":       "ops-listen",
	"SECOND_READER":             "second-reader",
	"QUESTIONS_PER_PERSON":      "questions-per-person",
	"QUESTIONS_PER_CHAT":        "questions-per-chat",
	"MODEL_BUDGET":              "model-budget",
	"NEWSDESK_OUTLET_CONTACT":   "outlet-contact",
	"NEWSDESK_OUTLET_PROXY":     "outlet-proxy",
	"NEWSDESK_OUTLET_PACE":      "outlet-pace",
	"NEWSDESK_OUTLETS_AT_ONCE":  "outlets-at-once",
	"NEWSDESK_OWN_HOSTS":        "own-hosts",
	"NEWSDESK_RECHECK_DAYS":     "recheck-days",
	"NEWSDESK_KEEP_DAYS":        "keep-days",
	"NEWSDESK_KEEP_ARTICLES":    "keep-articles",
}

// fileKeys are the lines that a settings file may have.
var fileKeys = map[string]bool{
	"data": true, "openai-base-url": true, "openai-context": true, "openai-model": true, "openai-embedding-base-url": true,
	"openai-embedding-model": true, "telegram-api-url": true,
	"telegram-webhook-url": true, "telegram-webhook-listen": true, "ops-listen": true,
	"second-reader": true, "questions-per-person": true, "questions-per-chat": true, "model-budget": true,
	"outlet-contact": true, "outlet-proxy": true, "outlet-pace": true, "outlets-at-once": true, "own-hosts": true,
	"recheck-days": true, "keep-days": true, "keep-articles": true,
}

// environment is the process's environment as a value.
type environment struct{ vars []string }

func newEnvironment(vars []string) environment { return environment{vars} }

func (e environment) get(name string) string {
	for i := len(e.vars) - 1; i >= 0; i-- {
		if k, v, _ := strings.Cut(e.vars[i], "="); k == name {
			return v
		}
	}
	return ""
}

func (e environment) secrets() secrets {
	return secrets{telegramToken: e.get(envTelegramToken), openaiKey: e.get(envOpenaiKey)}
}

// resolver gives kong the settings of file and environment; flags count over
// both.
func resolver(k *koanf.Koanf) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if v := k.String(flag.Name); v != "" && fileKeys[flag.Name] {
			return v, nil
		}
		return nil, nil
	})
}

// configFile returns the settings file to read, and whether it was asked for:
// one that was must be there.
func (e environment) configFile(args []string) (path string, asked bool) {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--config="); ok {
			return v, true
		}
		if a == "--config" && i+1 < len(args) {
			return args[i+1], true
		}
	}
	if v := e.get(envConfig); v != "" {
		return v, true
	}
	return filepath.Join(xdg.ConfigHome, "newsdesk", "config.yaml"), false
}

// load reads the settings of file and environment, the latter over the former.
func (e environment) load(path string, asked bool) (*koanf.Koanf, error) {
	k := koanf.New("\x00") // keys are flat
	if err := loadFile(k, path, asked); err != nil {
		return nil, err
	}
	provider := env.Provider("\x00", env.Opt{
		EnvironFunc: func() []string { return e.vars },
		TransformFunc: func(name, value string) (string, any) {
			if value == "" {
				return "", nil
			}
			return variables[name], value
		},
	})
	if err := k.Load(provider, nil); err != nil {
		return nil, fmt.Errorf("reading the environment: %w", err)
	}
	return k, nil
}

func loadFile(k *koanf.Koanf, path string, asked bool) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !asked {
		return nil
	}
	if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
		return fmt.Errorf("settings file %s: %w", path, err)
	}
	for _, key := range k.Keys() {
		if looksSecret(key) {
			return fmt.Errorf("settings file %s: %q is a secret; give it by environment only (%s, %s)",
				path, key, envTelegramToken, envOpenaiKey)
		}
		if !fileKeys[key] {
			return fmt.Errorf("settings file %s: unknown setting %q", path, key)
		}
	}
	return nil
}

func looksSecret(key string) bool {
	key = strings.ToLower(key)
	return strings.Contains(key, "token") || strings.Contains(key, "key") || strings.Contains(key, "secret")
}

// dataFolder returns the folder to work in.
func (c *cli) dataFolder() string {
	if c.Data != "" {
		return c.Data
	}
	return filepath.Join(xdg.DataHome, "newsdesk")
}
