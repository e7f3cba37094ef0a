#include "sync/upstream/folder/folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "core/base/text.h"
#include "sync/upstream/json/order_json.h"

namespace syncing {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t largest_file = 4 << 20;
constexpr std::size_t largest_reason = 64 << 10;
constexpr std::size_t orders_in_a_pull = 200;
constexpr std::size_t most_aside = 500;  // are told by name
// A file that cannot be read may still be being written, if it is this young.
constexpr std::chrono::milliseconds settling_time = 10s;

// Letters, digits, "-", "_" and "." stay; all else is escaped as in a URL, so
// that two numbers never share a file and none can leave the folder.
std::string file_safe(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    safe += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return safe.starts_with('.') ? "%2E" + safe.substr(1) : safe;
}

std::chrono::milliseconds age_of(const fs::path& file, core::Instant now) {
  std::error_code error;
  const auto written = fs::last_write_time(file, error);
  if (error) return {};
  const auto at = std::chrono::file_clock::to_sys(written);
  return std::chrono::duration_cast<std::chrono::milliseconds>(now - at);
}

// What stands beside a file that was put aside.
fs::path reason_of(const fs::path& file) {
  return file.string() + ".reason.txt";
}

// `name` in `folder`, or "stem.2.json" and so on where that is taken.
fs::path free_name(const fs::path& folder, const fs::path& name) {
  std::error_code ignored;
  fs::path free = folder / name;
  for (int n = 2; fs::exists(free, ignored); ++n) {
    free = folder / fmt::format("{}.{}{}", name.stem().string(), n, name.extension().string());
  }
  return free;
}

}  // namespace

std::string outbox_name(const core::Order& order) {
  const std::string prefix = order.channel == "till" ? "" : file_safe(order.channel) + "~";
  return fmt::format("{}{}.v{}.json", prefix, file_safe(order.number), order.version);
}

Folder::Folder(const fs::path& root)
    : outbox_(root / "outbox"), stock_(root / "stock"), inbox_(root / "inbox") {}

fs::path Folder::file_of(const Job& job) const {
  if (!job.stock) return outbox_ / outbox_name(job.order);
  return stock_ / fmt::format("{}-{}.json", file_safe(job.stock->till), core::to_text(job.key));
}

FileResult Folder::ready_for(const std::vector<Job>& jobs) const {
  FileResult ready = make_folder(outbox_);
  const bool has_stock =
      std::ranges::any_of(jobs, [](const Job& job) { return job.stock.has_value(); });
  if (ready && has_stock) ready = make_folder(stock_);
  return ready;
}

// Contents first, then names: one flush for all of them before any has its name.
void Folder::begin(std::vector<Job> jobs) {
  const FileResult ready = ready_for(jobs);
  std::vector<RowAnswer> answers;
  answers.reserve(jobs.size());
  std::set<fs::path> folders;
  for (const Job& job : jobs) {
    answers.push_back({job.row, ready ? write(job) : link_is_down(ready.error())});
    folders.insert(file_of(job).parent_path());
  }
  const auto then = [&](const FileResult& result, RowAnswer& row) {
    if (!result && row.answer == done()) row.answer = link_is_down(result.error());
  };
  const auto all = [&](FileResult (*flush)(const fs::path&)) {
    FileResult flushed = core::Done{};
    for (const fs::path& folder : folders) {
      if (flushed) flushed = flush(folder);
    }
    return flushed;
  };
  const FileResult flushed = all(sync_contents);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    then(flushed, answers[i]);
    if (answers[i].answer == done()) then(give_name(file_of(jobs[i])), answers[i]);
  }
  const FileResult named = all(sync_folder);
  for (RowAnswer& row : answers) then(named, row);
  answers_.insert(answers_.end(), answers.begin(), answers.end());
}

// Done: its content stands under another name. The same content is written
// again, because what is there may never have reached the disk.
Answer Folder::write(const Job& job) {
  const fs::path file = file_of(job);
  const std::string bytes =
      job.stock ? to_json(*job.stock, job.key) : to_json(job.order, job.anchor);
  const auto there = read_file(file, largest_file);
  if (!there) return again(there.error());
  // A change of stock is named by its key: who renamed the article meanwhile made no other.
  if (!job.stock && *there && **there != bytes) {
    return refused(
        fmt::format("A different file of this name is already there: {}", file.string()));
  }
  const FileResult written = write_unnamed(file, bytes);
  return written ? done() : link_is_down(written.error());
}

std::vector<RowAnswer> Folder::answers() {
  return std::exchange(answers_, {});
}

void Folder::begin_pull(const PullFrom& from) {
  Pulled pulled;
  for (const core::PutAside& wanted : from.again) take_back(wanted.name);
  pulled.was_tried = !from.again.empty();
  const FileResult read =
      make_folder(inbox_).and_then([&](core::Done) { return read_inbox(from.now, pulled); });
  if (!read) pulled.trouble = read.error();
  list_refused(pulled);
  pulled_ = std::move(pulled);
}

std::optional<Upstream::Pulled> Folder::pulled() {
  return std::exchange(pulled_, std::nullopt);
}

void Folder::begin_check() {
  Check check;
  const FileResult ready =
      make_folder(outbox_).and_then([&](core::Done) { return make_folder(inbox_); });
  if (ready) {
    check.works = true;
    check.found.push_back(fmt::format("Folder {}", outbox_.parent_path().string()));
  } else {
    check.trouble.push_back(ready.error());
  }
  checked_ = std::move(check);
}

std::optional<Check> Folder::checked() {
  return std::exchange(checked_, std::nullopt);
}

FileResult Folder::read_inbox(core::Instant now, Pulled& pulled) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(inbox_, error), end; !error && at != end; at.increment(error)) {
    const fs::path& file = at->path();
    std::error_code gone;
    const bool visible = !file.filename().string().starts_with('.');
    if (visible && file.extension() == ".json" && at->is_regular_file(gone)) files.push_back(file);
  }
  if (error) return tl::unexpected(fmt::format("{}: {}", inbox_.string(), error.message()));
  std::sort(files.begin(), files.end());
  // Files that give no order hold up none of those behind them.
  for (const fs::path& file : files) {
    if (pulled.orders.size() >= orders_in_a_pull) break;
    read_order(file, now, pulled);
  }
  return core::Done{};
}

void Folder::read_order(const fs::path& file, core::Instant now, Pulled& pulled) {
  std::error_code unknown;
  if (fs::file_size(file, unknown) > largest_file && !unknown) {
    put_aside(file, fmt::format("The file is larger than {} MiB.", largest_file >> 20));
    return;
  }
  const auto bytes = read_file(file, largest_file);
  if (!bytes) {
    pulled.trouble = bytes.error();
    return;
  }
  if (!*bytes) return;
  auto order = order_from_json(**bytes);
  if (!order) {
    if (order.error().not_json && age_of(file, now) < settling_time) return;
    put_aside(file, in_words(order.error()));
    return;
  }
  files_[order->id] = file;
  pulled.orders.push_back(std::move(*order));
}

void Folder::accept(const core::Order& order) {
  const auto at = files_.find(order.id);
  if (at == files_.end()) return;
  // A file that cannot be moved is pulled again, which changes nothing.
  const fs::path done = inbox_ / "done";
  if (make_folder(done)) (void)move_file(at->second, free_name(done, at->second.filename()));
  files_.erase(at);
}

std::string Folder::refuse(const core::Order& order, const std::string& reason) {
  const auto at = files_.find(order.id);
  if (at == files_.end()) return order.number;
  std::string name = put_aside(at->second, reason + "\n");
  files_.erase(at);
  return name;
}

std::string Folder::put_aside(const fs::path& file, const std::string& reason) {
  const fs::path folder = inbox_ / "refused";
  std::string name = file.filename().string();
  if (!make_folder(folder)) return name;
  const fs::path aside = free_name(folder, file.filename());
  if (!write_durably(reason_of(aside), reason)) return name;
  (void)move_file(file, aside);
  return aside.filename().string();
}

// Back into the inbox, where it is read like a new one.
void Folder::take_back(const std::string& name) {
  const fs::path aside = inbox_ / "refused" / name;
  // A name that leads out of the folder was never one of its files.
  if (fs::path(name).filename().string() != name) return;
  if (!move_file(aside, free_name(inbox_, name))) return;
  std::error_code ignored;
  fs::remove(reason_of(aside), ignored);
}

// The files that stand there, whoever put them there; who takes one away, or mends
// it and puts it into the inbox again, has settled it.
void Folder::list_refused(Pulled& pulled) {
  std::error_code error;
  pulled.aside_is_all = true;
  for (fs::directory_iterator at(inbox_ / "refused", error), end; !error && at != end;
       at.increment(error)) {
    const fs::path& file = at->path();
    std::error_code gone;
    const bool is_order = file.extension() == ".json" && at->is_regular_file(gone);
    if (!is_order || pulled.aside.size() >= most_aside) continue;
    const auto reason = read_file(reason_of(file), largest_reason);
    const std::string words = reason && *reason ? std::string(core::trim(**reason)) : "";
    pulled.aside.push_back({file.filename().string(), words});
  }
  std::sort(pulled.aside.begin(), pulled.aside.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
}

}  // namespace syncing
