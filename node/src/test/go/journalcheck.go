// Reads a journal as any tlog client would, with code that is not ours: golang.org/x/mod/sumdb.
// It opens the checkpoint, proves every entry in it, and proves every two sizes consistent.
//
// Usage: journalcheck URL VKEY
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	if err := check(strings.TrimSuffix(os.Args[1], "/"), os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fetch(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

// tiles reads C2SP tlog-tiles, whose paths lack the tile height that sumdb's have.
type tiles struct{ url string }

func (t tiles) Height() int                          { return height }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
		data, err := fetch(t.url + "/" + path)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func entries(url string, size int64) ([][]byte, error) {
	var all [][]byte
	for first := int64(0); first < size; first += 1 << height {
		width := size - first
		if width > 1<<height {
			width = 1 << height
		}
		tile := tlog.Tile{H: height, L: -1, N: first >> height, W: int(width)}
		path := strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/data", height), "tile/entries", 1)
		bundle, err := fetch(url + "/" + path)
		if err != nil {
			return nil, err
		}
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			all = append(all, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	if int64(len(all)) != size {
		return nil, fmt.Errorf("%d entries, the checkpoint says %d", len(all), size)
	}
	return all, nil
}

func check(url, vkey string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	signed, err := fetch(url + "/checkpoint")
	if err != nil {
		return err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return err
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles{url})
	all, err := entries(url, size)
	if err != nil {
		return err
	}
	for i, entry := range all {
		proof, err := tlog.ProveRecord(size, int64(i), reader)
		if err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
		if err := tlog.CheckRecord(proof, size, root, int64(i), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
	}
	roots := make([]tlog.Hash, size+1)
	for n := int64(1); n <= size; n++ {
		if roots[n], err = tlog.TreeHash(n, reader); err != nil {
			return err
		}
	}
	pairs := 0
	for n := int64(1); n <= size; n++ {
		for m := int64(1); m <= n; m++ {
			proof, err := tlog.ProveTree(n, m, reader)
			if err != nil {
				return fmt.Errorf("sizes %d and %d: %w", m, n, err)
			}
			if err := tlog.CheckTree(proof, n, roots[n], m, roots[m]); err != nil {
				return fmt.Errorf("sizes %d and %d: %w", m, n, err)
			}
			pairs++
		}
	}
	fmt.Printf("%d entries and %d pairs of sizes are right; %d signatures, of which one is known\n",
		size, pairs, len(opened.Sigs)+len(opened.UnverifiedSigs))
	return nil
}
