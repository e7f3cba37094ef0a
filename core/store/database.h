// SQLite with its lifetimes tied to objects. A Database belongs to one thread.
//
// Errors: what the caller can do differently. After a failed commit on the
// writing connection the store is read-only until `works_again` succeeds.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"
#include "core/base/ensure.h"
#include "core/base/ids.h"
#include "core/base/result.h"

namespace core {

enum class StoreFault {
  busy,
  full,
  unwritable,
  corrupt,
  contradiction,  // a rule of the tables refuses it: a bug of ours, or news that cannot be
  not_ours,
  too_new,
  too_old,
  locked,
  missing
};

struct StoreError {
  StoreFault fault;
  std::string detail;  // in words, for the log and the command line
};

template <class T>
using Stored = Result<T, StoreError>;

enum class Access { write, read };
enum class Durability { full, none };  // none: for benchmarks only

// A prepared statement that is being used: binds by position from 1, steps,
// and resets itself at the end. It must not outlive its Database.
class Query {
 public:
  Query(sqlite3_stmt* statement, std::optional<StoreError>& error)
      : statement_(statement), error_(error) {}
  Query(Query&& other) noexcept
      : statement_(other.statement_), error_(other.error_), next_(other.next_) {
    other.statement_ = nullptr;
  }
  Query& operator=(Query&&) = delete;
  ~Query();

  template <class... Values>
  Query& with(const Values&... values) {
    (bind(values), ...);
    return *this;
  }

  Query& bind(std::int64_t value);
  Query& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Query& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
  Query& bind(std::string_view value);
  Query& bind(const char* value) { return bind(std::string_view(value)); }
  Query& bind(const std::string& value) { return bind(std::string_view(value)); }
  Query& bind(const Uuid& value);
  Query& bind(Instant value) { return bind(value.time_since_epoch().count()); }
  Query& bind(std::nullptr_t);
  template <class Tag>
  Query& bind(const Id<Tag>& id) {
    return bind(id.uuid);
  }
  template <class T>
  Query& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind(nullptr);
  }

  // Moves to the next row. False at the end and on an error (see Database::ok).
  bool next();
  // Runs a statement that returns no rows.
  bool run();
  void let_go() { statement_ = nullptr; }  // for an owner that finalizes it

  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  int small(int column) const { return sqlite3_column_int(statement_, column); }
  bool flag(int column) const { return integer(column) != 0; }
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string text(int column) const { return std::string(view(column)); }
  std::string_view view(int column) const;  // valid until the next step
  Uuid uuid(int column) const;
  Instant instant(int column) const { return Instant{std::chrono::milliseconds{integer(column)}}; }

 private:
  sqlite3_stmt* statement_;
  std::optional<StoreError>& error_;
  int next_ = 1;
};

class Database {
 public:
  // Opens and, for writing, creates and migrates. A newer or foreign file is
  // refused and left as it is.
  static Stored<Database> open(const std::filesystem::path& file, Access access,
                               Durability durability = Durability::full);

  // The statement for this SQL text, prepared once and kept. `sql` must be a
  // literal that is complete and right: a wrong one is a bug of ours.
  template <std::size_t n>
  Query query(const char (&sql)[n]) {
    return prepared({sql, n - 1});
  }
  // Several statements without parameters.
  Stored<Done> execute(const char* sql);

  std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle()); }
  int changes() const { return sqlite3_changes(handle()); }

  // The first error since the last `forget_error`: what made a Query fail.
  const std::optional<StoreError>& error() const { return state_->error; }
  std::optional<StoreError>& error_slot() { return state_->error; }
  bool ok() const { return !state_->error; }
  void forget_error() { state_->error.reset(); }

  // Copies what is in the log to the data base file; for idle moments.
  void checkpoint();
  sqlite3* handle() const { return state_->handle; }

 private:
  struct State {
    sqlite3* handle = nullptr;
    std::optional<StoreError> error;
    std::unordered_map<const char*, sqlite3_stmt*> statements;  // by where the literal is
    ~State();
  };
  explicit Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
  Stored<Done> prepare(Access access, Durability durability);
  Stored<Done> migrate();
  Query prepared(std::string_view literal);

  std::unique_ptr<State> state_;
};

// A statement whose text is put together from our own literals (never from
// input: values are always bound, here by number). Prepared for one use.
class BuiltQuery {
 public:
  BuiltQuery(Database& database, const std::string& sql);
  BuiltQuery(const BuiltQuery&) = delete;
  BuiltQuery& operator=(const BuiltQuery&) = delete;
  ~BuiltQuery();
  BuiltQuery& bind(int number, std::string_view value);  // a number that is not used is ignored
  BuiltQuery& bind(int number, std::int64_t value);
  Query& rows() { return query_; }

 private:
  static sqlite3_stmt* prepare(Database& database, const std::string& sql);

  sqlite3_stmt* statement_;
  Query query_;
};

// While it lives all reading is of one state of the store, and what guards that
// is taken once instead of with every query. A Transaction that begins meanwhile
// goes on from it, and ends it.
class OneState {
 public:
  explicit OneState(Database& database);
  ~OneState();
  OneState(const OneState&) = delete;
  OneState& operator=(const OneState&) = delete;

 private:
  Database& database_;
};

// Undoes everything unless committed. `commit` answers for every statement
// since the beginning: one that failed makes it fail, with nothing changed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Stored<Done> commit();

 private:
  Database& database_;
  bool open_ = true;
};

// Held while a store is open for writing, so that two processes never share one.
class StoreLock {
 public:
  static Stored<StoreLock> take(const std::filesystem::path& file);
  StoreLock(StoreLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  StoreLock& operator=(StoreLock&&) = delete;
  ~StoreLock();

 private:
  explicit StoreLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// The sentence for a person, with what to do.
std::string in_words(const StoreError& error);

}  // namespace core
