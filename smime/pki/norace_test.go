//go:build !race

package pki

const raceFactor = 1
