package archive

import (
	"io"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
)

// Folder reads the pages that somebody saved in a folder and those below it: files
// whose names end in .html, .htm, .xhtml, .mhtml or .mht, in the order of their
// names. Folders whose names begin with a dot are left out, and those in which
// browsers keep what belongs to a page beside them. The error beside a zero
// Document is an *[Error]; reading goes on after it.
func Folder(fsys fs.FS) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		f := folder{out: out{yield: yield}, fsys: fsys}
		f.dir(".")
	}
}

type folder struct {
	out
	fsys fs.FS
}

// dir reads a folder.
func (f *folder) dir(name string) {
	entries, err := fs.ReadDir(f.fsys, name)
	if err != nil {
		f.problem(name, err)
	}
	for _, e := range entries {
		if f.done {
			return
		}
		full := path.Join(name, e.Name())
		switch {
		case e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !belongs(e, entries):
			f.dir(full)
		case e.Type().IsRegular() && kinds[kindOf(e.Name())] != nil:
			f.file(full, e)
		}
	}
}

// beside are the endings that browsers give to the folder beside a saved page.
var beside = []string{"_files", ".files", "-files", "-Dateien", "-dateien", "_archivos", "_fichiers", "_bestanden", "-filer", "_soubory", "_pliki"}

// belongs reports whether a folder belongs to a page beside it.
func belongs(dir fs.DirEntry, beside []fs.DirEntry) bool {
	for _, end := range endings(dir.Name()) {
		stem := strings.TrimSuffix(dir.Name(), end)
		if slices.ContainsFunc(beside, func(e fs.DirEntry) bool {
			return !e.IsDir() && kinds[kindOf(e.Name())] != nil && strings.TrimSuffix(e.Name(), path.Ext(e.Name())) == stem
		}) {
			return true
		}
	}
	return false
}

func endings(name string) []string {
	return slices.DeleteFunc(slices.Clone(beside), func(end string) bool { return !strings.HasSuffix(name, end) })
}

func kindOf(name string) string { return strings.ToLower(path.Ext(name)) }

// kinds say how files are read, by the endings of their names.
var kinds = map[string]func(io.Reader) (Document, error){
	".html": savedPage, ".htm": savedPage, ".xhtml": savedPage, ".mhtml": savedMail, ".mht": savedMail,
}

// file reads a saved page.
func (f *folder) file(name string, e fs.DirEntry) {
	file, err := f.fsys.Open(name)
	if err != nil {
		f.problem(name, err)
		return
	}
	defer file.Close()
	d, err := kinds[kindOf(name)](file)
	if err != nil {
		f.problem(name, err)
		return
	}
	d.Name = name
	if info, err := e.Info(); err == nil && d.At.IsZero() {
		d.At = possible(info.ModTime())
	}
	f.document(d)
}
