module github.com/emlcheck/emlcheck

go 1.24.0
