package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

func testApp() *cli.App { return (&session{}).app() }

func nothing(string) bool { return false }

// The order that urfave/cli gets is the whole point: it reads flags only
// before operands and knows neither clusters nor a default command.
func TestPermute(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a.eml", "emlcheck|analyze|--|a.eml"},
		{"", "emlcheck|analyze|--"},
		{"-", "emlcheck|analyze|--|-"},
		{"analyze a.eml --json", "emlcheck|analyze|--json|--|a.eml"},
		{"a.eml -q b.eml --spans", "emlcheck|--quiet|analyze|--spans|--|a.eml|b.eml"},
		{"--json headers a.eml -v", "emlcheck|--verbose|headers|--json|--|a.eml"},
		{"-vj4 a.eml", "emlcheck|--verbose|--jobs=4|analyze|--|a.eml"},
		{"-j 4 a.eml", "emlcheck|--jobs=4|analyze|--|a.eml"},
		{"-j=4 a.eml", "emlcheck|--jobs=4|analyze|--|a.eml"},
		{"-qo out a.eml", "emlcheck|--quiet|analyze|--output=out|--|a.eml"},
		{"-oout a.eml", "emlcheck|analyze|--output=out|--|a.eml"},
		{"a.eml -o -", "emlcheck|analyze|--output=-|--|a.eml"},
		{"--output --json a.eml", "emlcheck|analyze|--output=--json|--|a.eml"},
		{"--tz parts headers a.eml", "emlcheck|--tz=parts|headers|--|a.eml"},
		{"-- --json -q", "emlcheck|analyze|--|--json|-q"},
		{"headers -- -q", "emlcheck|headers|--|-q"},
		{"-- headers", "emlcheck|analyze|--|headers"},
		{"a.eml headers", "emlcheck|analyze|--|a.eml|headers"},
		{"headers headers", "emlcheck|headers|--|headers"},
		{"--format=a=b x.eml", "emlcheck|analyze|--format=a=b|--|x.eml"},
		{"explain -v date.x", "emlcheck|--verbose|explain|--|date.x"},
		{"x.eml --version", "emlcheck|version"},
	} {
		line, err := permute(testApp(), strings.Fields(c.in), nothing)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
		} else if got := strings.Join(line.args, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
}

// A bare word is a file when there is one, and a command otherwise.
func TestPermuteAsksForTheFile(t *testing.T) {
	all := func(string) bool { return true }
	if line, err := permute(testApp(), []string{"browse"}, all); err != nil || !slices.Contains(line.args, "browse") {
		t.Error("a file named browse", err)
	}
	if _, err := permute(testApp(), []string{"browse"}, nothing); err == nil {
		t.Error("browse without a file is no error")
	}
}

// The permuter looks flags up before it knows the command, so a name must mean
// the same kind of flag everywhere; and a root flag may not be shadowed.
func TestFlagNamesAreConsistent(t *testing.T) {
	app := testApp()
	kinds := map[string]bool{}
	for _, c := range app.Commands {
		for _, f := range c.Flags {
			for _, n := range f.Names() {
				if lookup(app.Flags, n) != nil {
					t.Errorf("%s --%s hides a root flag", c.Name, n)
				}
				if kind, seen := kinds[n]; seen && kind != takesValue(f) {
					t.Errorf("--%s takes a value in one command and none in another", n)
				}
				kinds[n] = takesValue(f)
			}
		}
	}
}

// Whatever is typed, no word is lost, none is invented, and what stands behind
// "--" is untouched: an operand that turned into a flag could overwrite files.
func FuzzPermute(f *testing.F) {
	for _, seed := range []string{"a.eml --json", "-vj4 x", "--output=x -- -q --json", "headers - -o", "-", "--", "parts\x00--part", "-qqq -vj", "é -é", "-\xff", "--=x", "-=", "---"} {
		f.Add(seed)
	}
	app := testApp()
	f.Fuzz(func(t *testing.T, text string) {
		args := strings.Fields(text)
		line, err := permute(app, args, nothing)
		if err != nil {
			if u, ok := err.(*usageError); !ok || u.message == "" || strings.Contains(u.message, "\n") && !strings.Contains(text, "\n") {
				t.Fatalf("%q: error %v", args, err)
			}
			return
		}
		again, err := permute(app, args, nothing)
		if err != nil || !slices.Equal(line.args, again.args) {
			t.Fatalf("%q: differs the second time", args)
		}
		if line.help || line.command.Name == "version" {
			return
		}
		cut := slices.Index(line.args, "--")
		if cut < 0 {
			t.Fatalf("%q: no end of flags in %q", args, line.args)
		}
		if i := slices.Index(args, "--"); i >= 0 && !valueBefore(app, args, i) && !slices.Equal(args[i+1:], line.args[len(line.args)-len(args)+i+1:]) {
			t.Fatalf("%q: operands changed: %q", args, line.args)
		}
		for _, operand := range line.args[cut+1:] {
			if !slices.Contains(args, operand) {
				t.Fatalf("%q: operand %q is invented", args, operand)
			}
		}
		for _, flag := range line.args[1:cut] {
			name, _, _ := strings.Cut(flag, "=")
			if flag != line.command.Name && (!strings.HasPrefix(name, "--") || lookup(append(app.Flags, line.command.Flags...), name[2:]) == nil) {
				t.Fatalf("%q: %q is no flag", args, flag)
			}
		}
		// Sorting what is sorted changes nothing.
		if third, err := permute(app, line.args[1:], nothing); err != nil || !slices.Equal(third.args, line.args) {
			t.Fatalf("%q: %q is sorted again: %+v, %v", args, line.args, third, err)
		}
	})
}

// valueBefore reports whether the word at i may be the value of a flag.
func valueBefore(app *cli.App, args []string, i int) bool {
	p := &permuter{app: app}
	return i > 0 && isFlag(args[i-1]) && p.takesNext(args[i-1])
}

// The suggestion must help with slips and keep silent about the rest.
func TestDidYouMean(t *testing.T) {
	known := []string{"--json", "--jobs", "--output"}
	for word, want := range map[string]string{
		"--jsno": "did you mean --json?", "--josn": "did you mean --json?", "--outptu": "did you mean --output?", "--bogus": "", "--x": "", "": "",
	} {
		if got := didYouMean(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
	if d := distance(strings.Repeat("a", 1000), "a"); d < 10 {
		t.Error("long words", d)
	}
}
