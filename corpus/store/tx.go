package store

import (
	"context"
	"database/sql"
)

// Tx is one transaction, good until the function it was given to returns, and
// for one goroutine. Rows must be closed before that function returns.
type Tx struct {
	tx *sql.Tx
}

// Exec runs statements that return no rows; several may be separated by
// semicolons.
func (t Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.tx.ExecContext(ctx, query, args...)
}

// Query runs a statement that returns rows; the caller closes them.
func (t Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.tx.QueryContext(ctx, query, args...)
}

// QueryRow runs a statement that returns at most one row; Scan gives
// [sql.ErrNoRows] when there was none.
func (t Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return t.tx.QueryRowContext(ctx, query, args...)
}

// Prepare compiles a statement that is run many times in this transaction. It
// ends with the transaction; closing it earlier is allowed and not needed.
func (t Tx) Prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	return t.tx.PrepareContext(ctx, query)
}
