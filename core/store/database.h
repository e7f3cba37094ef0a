// SQLite with its lifetimes tied to objects. A Database belongs to one thread.
//
// Errors: what the caller can do differently. A commit that failed has changed
// nothing, and what it left in the log is void, unless it says `unclear`: then
// the disk does not even take that, and only `works_again` settles it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"
#include "core/base/ensure.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/stored.h"

struct sqlite3;
struct sqlite3_stmt;

namespace core {

enum class StoreFault {
  busy,
  full,
  unwritable,
  unclear,  // whether it was written is known when the disk works again
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

// Bytes that are no text, for a column of that kind.
struct Blob {
  std::string_view bytes;
};

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
  Query& bind(Blob value);
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

  std::int64_t integer(int column) const;
  int small(int column) const;
  bool flag(int column) const { return integer(column) != 0; }
  // Of an enumeration; a number that is none of it is a damaged store (Database::error).
  template <class Enumeration>
  Enumeration as(int column) const {
    static_assert(stored_count<Enumeration> > 0, "say beside the enumeration that it is stored");
    return static_cast<Enumeration>(below(stored_count<Enumeration>, column));
  }
  bool is_null(int column) const;
  std::string text(int column) const { return std::string(view(column)); }
  std::string_view view(int column) const;  // valid until the next step
  Uuid uuid(int column) const;
  Instant instant(int column) const { return Instant{std::chrono::milliseconds{integer(column)}}; }

 private:
  int below(int count, int column) const;

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

  std::int64_t last_row() const;
  int changes() const;

  // The first error since the last `forget_error`: what made a Query fail.
  const std::optional<StoreError>& error() const { return state_->error; }
  std::optional<StoreError>& error_slot() { return state_->error; }
  bool ok() const { return !state_->error; }
  void forget_error() { state_->error.reset(); }

  // Writes a mark of its own through to the disk. Where that works, what a failed
  // commit has left in the log is void for good, and the store can be written.
  Stored<Done> works_again();

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
  Stored<Done> run_migrations(std::size_t from);
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
// goes on from it, and ends it. Inside another it is that one's.
class OneState {
 public:
  explicit OneState(Database& database);
  ~OneState();
  OneState(const OneState&) = delete;
  OneState& operator=(const OneState&) = delete;

 private:
  Database& database_;
  bool is_first_;
};

// While it lives, queries end early as soon as `is_enough` says so: they give no more
// rows, and an error. Then `has_stopped`. It is asked every few thousand steps.
class StopWhen {
 public:
  StopWhen(Database& database, std::function<bool()> is_enough);
  ~StopWhen();
  StopWhen(const StopWhen&) = delete;
  StopWhen& operator=(const StopWhen&) = delete;
  bool has_stopped() const { return has_stopped_; }

 private:
  Database& database_;
  std::function<bool()> is_enough_;
  bool has_stopped_ = false;
};

// Undoes everything unless committed. `commit` answers for every statement
// since the beginning: one that failed makes it fail, with nothing changed, now
// or after a restart; `unclear` says that this could not be made sure of.
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

// Held while a store is open for writing, so that two processes never share one: of
// till.lock, and of till.db itself, in case somebody has tidied up the other. Taken
// before the store is opened and let go after it is closed, because closing any
// descriptor of a file drops the locks that SQLite has in it.
class StoreLock {
 public:
  // Makes both files, empty, where they are missing.
  static Stored<StoreLock> take(const std::filesystem::path& folder);
  // Whether somebody holds it; makes nothing. Not where this process has the store open.
  static bool is_taken(const std::filesystem::path& folder);

  StoreLock(StoreLock&& other) noexcept : lock_(other.lock_), store_(other.store_) {
    other.lock_ = other.store_ = -1;
  }
  StoreLock& operator=(StoreLock&&) = delete;
  ~StoreLock();

 private:
  StoreLock(int lock, int store) : lock_(lock), store_(store) {}
  int lock_, store_;
};

// The sentence for a person, with what to do.
std::string in_words(const StoreError& error);

}  // namespace core
