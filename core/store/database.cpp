#include "core/store/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "core/store/migrations.h"

namespace core {

namespace {

// "Tres", in the header of every store of ours (sqlite.org/pragma.html#pragma_application_id).
constexpr std::int64_t application_id = 0x54726573;

bool is_full(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT;
}

StoreError fault_of(sqlite3* handle) {
  const std::string detail = sqlite3_errmsg(handle);
  const int code = sqlite3_errcode(handle) & 0xff;
  // A disk can turn out to be full at the opening or syncing of a file, too.
  const int system =
      code == SQLITE_IOERR || code == SQLITE_CANTOPEN ? sqlite3_system_errno(handle) : 0;
  if (is_full(system)) return {StoreFault::full, detail};
  switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {StoreFault::busy, detail};
    case SQLITE_FULL:
      return {StoreFault::full, detail};
    case SQLITE_CORRUPT:
      return {StoreFault::corrupt, detail};
    case SQLITE_CONSTRAINT:
      return {StoreFault::contradiction, detail};
    case SQLITE_NOTADB:
      return {StoreFault::not_ours, detail};
    default:
      return {StoreFault::unwritable, detail};
  }
}

}  // namespace

Query::~Query() {
  if (!statement_) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Query& Query::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_, next_++, value);
  return *this;
}

Query& Query::bind(std::string_view value) {
  // Copied: a caller may bind a temporary.
  sqlite3_bind_text(statement_, next_++, value.data() ? value.data() : "",
                    static_cast<int>(value.size()), SQLITE_TRANSIENT);
  return *this;
}

Query& Query::bind(const Uuid& value) {
  if (value.is_nil()) return bind(nullptr);
  sqlite3_bind_blob(statement_, next_++, value.bytes.data(), 16, SQLITE_TRANSIENT);
  return *this;
}

Query& Query::bind(Blob value) {
  sqlite3_bind_blob(statement_, next_++, value.bytes.data() ? value.bytes.data() : "",
                    static_cast<int>(value.bytes.size()), SQLITE_TRANSIENT);
  return *this;
}

Query& Query::bind(std::nullptr_t) {
  sqlite3_bind_null(statement_, next_++);
  return *this;
}

bool Query::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE && !error_) error_ = fault_of(sqlite3_db_handle(statement_));
  return false;
}

bool Query::run() {
  while (next()) {
  }
  return !error_;
}

std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

int Query::small(int column) const {
  return sqlite3_column_int(statement_, column);
}

int Query::below(int count, int column) const {
  const int stored = small(column);
  if (stored >= 0 && stored < count) return stored;
  if (!error_) {
    error_ = StoreError{StoreFault::corrupt,
                        fmt::format("{} is {}, which means nothing",
                                    sqlite3_column_name(statement_, column), stored)};
  }
  return 0;
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string_view Query::view(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return text ? std::string_view(text, size) : std::string_view();
}

Uuid Query::uuid(int column) const {
  Uuid id;
  const void* bytes = sqlite3_column_blob(statement_, column);
  if (bytes && sqlite3_column_bytes(statement_, column) == 16) std::memcpy(&id.bytes, bytes, 16);
  return id;
}

Database::State::~State() {
  for (const auto& [sql, statement] : statements) sqlite3_finalize(statement);
  sqlite3_close(handle);
}

Query Database::prepared(std::string_view literal) {
  sqlite3_stmt*& statement = state_->statements[literal.data()];
  if (!statement) {
    const int code = sqlite3_prepare_v3(handle(), literal.data(), static_cast<int>(literal.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    // A damaged file can make the schema unreadable: that is not our bug.
    if (code != SQLITE_OK && !state_->error) state_->error = fault_of(handle());
    ENSURE(code != SQLITE_ERROR);
  }
  return {statement, state_->error};
}

Stored<Done> Database::execute(const char* sql) {
  if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return Done{};
  return tl::unexpected(fault_of(handle()));
}

Stored<Database> Database::open(const std::filesystem::path& file, Access access,
                                Durability durability) {
  // Nobody reads SQLite's own count of its memory, which costs a lock for every
  // allocation. Only the first call, before anything is open, has an effect.
  [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  Database database(std::make_unique<State>());
  const int flags =
      SQLITE_OPEN_NOMUTEX |
      (access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  if (sqlite3_open_v2(file.c_str(), &database.state_->handle, flags, nullptr) != SQLITE_OK) {
    if (access == Access::read && !std::filesystem::exists(file)) {
      return tl::unexpected(StoreError{StoreFault::missing, file.string()});
    }
    StoreError error = fault_of(database.handle());
    error.detail = file.string() + ": " + error.detail;
    return tl::unexpected(std::move(error));
  }
  if (auto ready = database.prepare(access, durability); !ready) {
    ready.error().detail = file.string() + ": " + ready.error().detail;
    return tl::unexpected(ready.error());
  }
  return database;
}

namespace {

void folded(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  const std::string result = fold(text ? text : "");
  sqlite3_result_text(context, result.data(), static_cast<int>(result.size()), SQLITE_TRANSIENT);
}

void spelled_barcode(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  const std::string result = normal_barcode(text ? text : "");
  sqlite3_result_text(context, result.data(), static_cast<int>(result.size()), SQLITE_TRANSIENT);
}

// For columns of folded text and of barcodes that are filled from what is there, and for
// looking where no column is folded.
void add_functions(sqlite3* handle) {
  sqlite3_create_function_v2(handle, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                             folded, nullptr, nullptr, nullptr);
  sqlite3_create_function_v2(handle, "normal_barcode", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                             nullptr, spelled_barcode, nullptr, nullptr, nullptr);
}

}  // namespace

Stored<Done> Database::prepare(Access access, Durability durability) {
  sqlite3_extended_result_codes(handle(), 1);
  sqlite3_busy_timeout(handle(), 5000);
  add_functions(handle());
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::int64_t tables = 0;
  {
    auto read_id = query("PRAGMA application_id");
    if (read_id.next()) id = read_id.integer(0);
    auto read_version = query("PRAGMA user_version");
    if (read_version.next()) version = read_version.integer(0);
    auto count = query("SELECT count(*) FROM sqlite_schema");
    if (count.next()) tables = count.integer(0);
  }
  if (!ok()) return tl::unexpected(*error());
  if (tables > 0 && id != application_id) {
    return tl::unexpected(StoreError{StoreFault::not_ours, "made by another program"});
  }
  if (version > static_cast<std::int64_t>(migrations().size())) {
    return tl::unexpected(
        StoreError{StoreFault::too_new, "schema version " + std::to_string(version)});
  }
  // Who only reads changes nothing, not even this.
  if (access == Access::read && version < static_cast<std::int64_t>(migrations().size())) {
    return tl::unexpected(
        StoreError{StoreFault::too_old, "schema version " + std::to_string(version)});
  }
  if (access == Access::read) {
    // Pages that are read again are in the system's cache: little is kept twice.
    return execute("PRAGMA query_only=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-512");
  }
  // Checkpoints are made in idle moments, not in the middle of a sale; the
  // automatic one is only the net below, at 64 MiB.
  if (auto set = execute("PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; "
                         "PRAGMA wal_autocheckpoint=16384; PRAGMA temp_store=MEMORY");
      !set) {
    return set;
  }
  if (auto set = execute(durability == Durability::full ? "PRAGMA synchronous=FULL"
                                                        : "PRAGMA synchronous=OFF");
      !set) {
    return set;
  }
  return migrate();
}

// All that the store lacks is one transaction, with the version it leads to: a
// power cut leaves the store either before or behind it.
Stored<Done> Database::migrate() {
  const auto version = [&] {
    auto read = query("PRAGMA user_version");
    return read.next() ? static_cast<std::size_t>(read.integer(0)) : 0;
  };
  if (version() >= migrations().size()) return Done{};
  // A table that others refer to can be made anew only while nobody looks.
  if (auto begun = execute("PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE"); !begun) return begun;
  auto migrated = run_migrations(version());
  if (!migrated) sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  if (auto kept = execute("PRAGMA foreign_keys=ON"); !kept) return kept;
  return migrated;
}

// Within a transaction.
Stored<Done> Database::run_migrations(std::size_t from) {
  for (std::size_t version = from; version < migrations().size(); ++version) {
    if (auto done = execute(std::string(migrations()[version].sql).c_str()); !done) {
      done.error().detail = std::string(migrations()[version].name) + ": " + done.error().detail;
      return done;
    }
  }
  if (from > 0) {
    auto broken = query("PRAGMA foreign_key_check");
    if (broken.next()) {
      return tl::unexpected(
          StoreError{StoreFault::corrupt,
                     "after the migrations a row of " + broken.text(0) + " refers to nothing"});
    }
  }
  return execute(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; COMMIT",
                             application_id, migrations().size())
                     .c_str());
}

Stored<Done> Database::works_again() {
  return execute(
      "INSERT INTO counters (name, value) VALUES ('settled', 1) ON CONFLICT DO UPDATE SET value = "
      "value + 1");
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle());
}

int Database::changes() const {
  return sqlite3_changes(handle());
}

void Database::checkpoint() {
  sqlite3_wal_checkpoint_v2(handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

sqlite3_stmt* BuiltQuery::prepare(Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &statement, nullptr);
  if (code != SQLITE_OK && database.ok()) database.error_slot() = fault_of(database.handle());
  ENSURE(code != SQLITE_ERROR);
  return statement;
}

BuiltQuery::BuiltQuery(Database& database, const std::string& sql)
    : statement_(prepare(database, sql)), query_(statement_, database.error_slot()) {}

BuiltQuery::~BuiltQuery() {
  query_.let_go();
  sqlite3_finalize(statement_);
}

BuiltQuery& BuiltQuery::bind(int number, std::string_view value) {
  sqlite3_bind_text(statement_, number, value.data() ? value.data() : "",
                    static_cast<int>(value.size()), SQLITE_TRANSIENT);
  return *this;
}

BuiltQuery& BuiltQuery::bind(int number, std::int64_t value) {
  sqlite3_bind_int64(statement_, number, value);
  return *this;
}

OneState::OneState(Database& database)
    : database_(database), is_first_(sqlite3_get_autocommit(database.handle()) != 0) {
  if (is_first_) database_.query("BEGIN").run();
}

OneState::~OneState() {
  if (is_first_ && !sqlite3_get_autocommit(database_.handle())) database_.query("COMMIT").run();
}

StopWhen::StopWhen(Database& database, std::function<bool()> is_enough)
    : database_(database), is_enough_(std::move(is_enough)) {
  constexpr int steps_between = 4000;
  const auto ask = [](void* self) {
    auto& stop = *static_cast<StopWhen*>(self);
    stop.has_stopped_ = stop.has_stopped_ || stop.is_enough_();
    return stop.has_stopped_ ? 1 : 0;
  };
  sqlite3_progress_handler(database_.handle(), steps_between, ask, this);
}

StopWhen::~StopWhen() {
  sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr);
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.forget_error();
  // In one state of the store already: it is one writer's, so none can have come between.
  if (sqlite3_get_autocommit(database_.handle())) database_.query("BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
  if (open_ && !sqlite3_get_autocommit(database_.handle())) {
    database_.query("ROLLBACK").run();
  }
}

Stored<Done> Transaction::commit() {
  if (!database_.ok()) return tl::unexpected(*database_.error());
  bool may_be_in_the_log = false;
  {
    auto commit = database_.query("COMMIT");
    if (commit.run()) {
      open_ = false;
      return Done{};
    }
    may_be_in_the_log = (sqlite3_errcode(database_.handle()) & 0xff) == SQLITE_IOERR;
  }
  StoreError error = *database_.error();
  // Where the disk failed after the last page of the log was written (at its sync),
  // the next start would find it whole and replay what was refused here. What is
  // written next stands in its place.
  if (may_be_in_the_log) {
    if (!sqlite3_get_autocommit(database_.handle())) database_.query("ROLLBACK").run();
    if (!database_.works_again()) error.fault = StoreFault::unclear;
  }
  return tl::unexpected(std::move(error));
}

namespace {

// -1 and a fault: it cannot be opened, or somebody else holds it.
Stored<int> lock_file(const std::filesystem::path& file, int flags) {
  const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const StoreFault fault = is_full(errno) ? StoreFault::full : StoreFault::unwritable;
    return tl::unexpected(StoreError{fault, file.string() + ": " + std::strerror(errno)});
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  ::close(descriptor);
  return tl::unexpected(StoreError{StoreFault::locked, file.string()});
}

}  // namespace

Stored<StoreLock> StoreLock::take(const std::filesystem::path& folder) {
  const auto lock = lock_file(folder / "till.lock", O_RDWR | O_CREAT);
  if (!lock) return tl::unexpected(lock.error());
  const auto store = lock_file(folder / "till.db", O_RDWR | O_CREAT);
  if (store) return StoreLock(*lock, *store);
  ::close(*lock);
  return tl::unexpected(store.error());
}

bool StoreLock::is_taken(const std::filesystem::path& folder) {
  bool taken = false;
  for (const char* name : {"till.lock", "till.db"}) {
    const auto held = lock_file(folder / name, O_RDONLY);
    if (held) ::close(*held);
    taken = taken || (!held && held.error().fault == StoreFault::locked);
  }
  return taken;
}

StoreLock::~StoreLock() {
  if (store_ >= 0) ::close(store_);
  if (lock_ >= 0) ::close(lock_);
}

std::string in_words(const StoreError& error) {
  switch (error.fault) {
    case StoreFault::busy:
      return "the store is in use, try again (" + error.detail + ")";
    case StoreFault::full:
      return "the disk is full, free some space (" + error.detail + ")";
    case StoreFault::unwritable:
      return "the store cannot be written, check the folder and its permissions (" + error.detail +
             ")";
    case StoreFault::contradiction:
      return "the store refuses this (" + error.detail + ")";
    case StoreFault::unclear:
      return "the disk does not say whether this was written, check the disk (" + error.detail +
             ")";
    case StoreFault::corrupt:
      return "the store is damaged, restore a backup (" + error.detail + ")";
    case StoreFault::not_ours:
      return "this file is not a store of Tresen, choose another folder (" + error.detail + ")";
    case StoreFault::too_new:
      return "the store was written by a newer Tresen, install that version (" + error.detail + ")";
    case StoreFault::too_old:
      return "the store was written by an older Tresen, start the till once (" + error.detail + ")";
    case StoreFault::locked:
      return "another Tresen has this store open, close it first (" + error.detail + ")";
    case StoreFault::missing:
      return "there is no store here yet, start the till once (" + error.detail + ")";
  }
  return error.detail;
}

}  // namespace core
