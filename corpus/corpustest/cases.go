package corpustest

import (
	"path"
	"testing"

	"golang.org/x/tools/txtar"
)

// Pairs calls check with each case of an archive, which is two files: "name/…", what
// it is made of, and "name/…", what is to come of it.
func Pairs(t testing.TB, file string, check func(name string, given txtar.File, want string)) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) == 0 || len(archive.Files)%2 != 0 {
		t.Fatalf("%s: %d files are no pairs", file, len(archive.Files))
	}
	for i := 0; i < len(archive.Files); i += 2 {
		given, want := archive.Files[i], archive.Files[i+1]
		name := path.Dir(given.Name)
		if name != path.Dir(want.Name) {
			t.Fatalf("%s: %s is followed by %s", file, given.Name, want.Name)
		}
		check(name, given, string(want.Data))
	}
}
