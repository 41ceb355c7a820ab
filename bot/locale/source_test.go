package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said is what the code of this package says about one key.
type said struct {
	function string // that makes the message; empty for a part of dates and lists
	counted  bool
	args     []string
}

// builders are the functions that give a message an argument, named by their
// own first argument.
var builders = []string{"amount", "day", "moment", "clock", "span", "strange", "names", "linked", "series", "all", "inner", "text", "named", "wall", "walls"}

// saidInCode reads the keys, with their arguments, out of the source: what the
// files have to hold.
func saidInCode(t *testing.T) map[string]said {
	t.Helper()
	out := map[string]said{}
	for _, file := range parsedIn(t, ".") {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				name := called(call)
				key, literal := first(call)
				if !literal || name != "with" && name != "counted" {
					return true
				}
				s := said{counted: name == "counted"}
				if f.Name.IsExported() && f.Recv == nil {
					s.function = f.Name.Name
				}
				if s.counted {
					s.args = append(s.args, "N")
				}
				for _, a := range call.Args[1:] {
					if inside, ok := a.(*ast.CallExpr); ok && slices.Contains(builders, called(inside)) {
						arg, _ := first(inside)
						s.args = append(s.args, arg)
					}
				}
				if _, twice := out[key]; twice {
					t.Errorf("%s is said twice", key)
				}
				out[key] = s
				return true
			})
		}
	}
	for m := range 12 { // the one key that is put together
		out["date.month."+strconv.Itoa(m+1)] = said{}
	}
	return out
}

func called(c *ast.CallExpr) string {
	if id, ok := c.Fun.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// first is the first argument where it is a string.
func first(c *ast.CallExpr) (string, bool) {
	if len(c.Args) == 0 {
		return "", false
	}
	literal, ok := c.Args[0].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(literal.Value)
	return s, err == nil
}

// parsedIn parses the Go files of a tree that are no tests.
func parsedIn(t *testing.T, root string) map[string]*ast.File {
	t.Helper()
	out := map[string]*ast.File{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		out[name], err = parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestNoTextIsUnused wants every message said somewhere in bot or cmd.
func TestNoTextIsUnused(t *testing.T) {
	used := partsHere(t)
	for _, root := range []string{"..", "../../cmd"} {
		for name, file := range parsedIn(t, root) {
			if !strings.Contains(filepath.ToSlash(name), "/locale/") {
				usesOf(file, used)
			}
		}
	}
	for _, s := range saidInCode(t) {
		if s.function != "" && !used[s.function] {
			t.Errorf("nobody says %s", s.function)
		}
	}
}

// usesOf adds the names that a file uses of this package.
func usesOf(file *ast.File, used map[string]bool) {
	local := ""
	for _, imp := range file.Imports {
		if imp.Path.Value == `"newsdesk/bot/locale"` {
			local = "locale"
			if imp.Name != nil {
				local = imp.Name.Name
			}
		}
	}
	if local == "" {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := s.X.(*ast.Ident); ok && pkg.Name == local {
				used[s.Sel.Name] = true
			}
		}
		return true
	})
}

// partsHere are the functions of this package whose messages are parts of others.
func partsHere(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, file := range parsedIn(t, ".") {
		ast.Inspect(file, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok {
				out[called(c)] = true
			}
			return true
		})
	}
	return out
}
