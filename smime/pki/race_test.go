//go:build race

package pki

const raceFactor = 12
