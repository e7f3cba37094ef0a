#include "pos/runtime/errand_thread.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/store/till_store.h"
#include "drivers/printer/network_search.h"
#include "drivers/transport/usb_lp.h"
#include "pos/backup/backup.h"
#include "pos/config/first_start.h"
#include "pos/doctor/doctor.h"
#include "pos/support/support_file.h"

namespace pos {

namespace {

namespace fs = std::filesystem;

// A folder of thousands of files is not what a person looks through.
constexpr std::size_t most_entries = 500;

FileEntry entry_of(const fs::path& path, bool is_folder) {
  return {path.filename().string(), path.string(), is_folder, 0};
}

// The folders directly in `folder`.
std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code fault;
  for (fs::directory_iterator at(folder, fault), end; !fault && at != end; at.increment(fault)) {
    std::error_code unknown;
    const bool is_hidden = at->path().filename().string().starts_with(".");
    if (!is_hidden && at->is_directory(unknown)) found.push_back(at->path());
  }
  std::ranges::sort(found);
  return found;
}

// Of the alphabet that endings are written in.
std::string in_small_letters(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

bool ends_so(const std::string& name, const std::vector<std::string>& endings) {
  const std::string folded = in_small_letters(name);
  return std::ranges::any_of(endings,
                             [&](const std::string& ending) { return folded.ends_with(ending); });
}

// Those of this kind; what was found elsewhere stays.
void replace_printers(Devices& devices, std::string_view kind,
                      const std::vector<FoundPrinter>& found) {
  std::erase_if(devices.found_printers,
                [&](const FoundPrinter& printer) { return printer.kind == kind; });
  devices.found_printers.insert(devices.found_printers.end(), found.begin(), found.end());
}

}  // namespace

FolderList usual_places(const fs::path& root, const fs::path& home) {
  FolderList list;
  // /run/media has a folder for each user, /media may have: sticks lie one further down there.
  for (const fs::path& media : {root / "media", root / "run" / "media"}) {
    for (const fs::path& folder : folders_in(media)) {
      const auto sticks = folders_in(folder);
      const bool is_user =
          media.parent_path().filename() == "run" || folder.filename() == home.filename();
      if (!is_user) list.entries.push_back(entry_of(folder, true));
      if (!is_user) continue;
      for (const fs::path& stick : sticks) list.entries.push_back(entry_of(stick, true));
    }
  }
  std::error_code unknown;
  if (home.empty() || !fs::is_directory(home, unknown)) return list;
  list.entries.push_back(entry_of(home, true));
  for (const char* name : {"Desktop", "Schreibtisch", "Downloads", "Documents", "Dokumente"}) {
    if (fs::is_directory(home / name, unknown)) list.entries.push_back(entry_of(home / name, true));
  }
  return list;
}

FolderList list_folder(const ListFolder& wish) {
  const fs::path folder(wish.folder);
  FolderList list{wish.folder, "", {}, ""};
  std::error_code fault;
  std::vector<FileEntry> files;
  for (fs::directory_iterator at(folder, fault), end; !fault && at != end; at.increment(fault)) {
    std::error_code unknown;
    const std::string name = at->path().filename().string();
    if (name.starts_with(".") || !at->is_regular_file(unknown) || !ends_so(name, wish.endings)) {
      continue;
    }
    FileEntry file = entry_of(at->path(), false);
    const auto size = at->file_size(unknown);
    file.bytes = unknown ? 0 : static_cast<std::int64_t>(size);
    files.push_back(std::move(file));
  }
  if (fault) list.why_not = fault.message();
  for (const fs::path& inner : folders_in(folder)) list.entries.push_back(entry_of(inner, true));
  std::ranges::sort(files, {}, &FileEntry::name);
  std::ranges::move(files, std::back_inserter(list.entries));
  if (list.entries.size() > most_entries) list.entries.resize(most_entries);
  const bool has_above = folder.has_parent_path() && folder.parent_path() != folder;
  const fs::path above = has_above ? folder.parent_path() : fs::path();
  // Above a stick lie the places, not the machine's own folders.
  if (above != "/" && above != "/media" && above != "/run/media") list.above = above.string();
  return list;
}

ErrandThread::ErrandThread(core::Database database, fs::path folder,
                           const Translations& translations, const core::Clock& clock,
                           Latest<Devices>& devices, Queue<UiMessage>& to_ui, PostBack post_back,
                           std::function<void(const Secrets&)> use_secrets, Wake wake)
    : database_(std::move(database)),
      folder_(std::move(folder)),
      translations_(translations),
      clock_(clock),
      devices_(devices),
      to_ui_(to_ui),
      post_back_(std::move(post_back)),
      use_secrets_(std::move(use_secrets)),
      wake_(std::move(wake)) {
  read_secrets();
  worker_ = Worker("errands", [this] { loop(); });
}

ErrandThread::~ErrandThread() {
  stop();
}

void ErrandThread::stop() {
  messages_.close();
  worker_.join();
}

void ErrandThread::loop() {
  while (auto message = messages_.pop()) {
    std::visit([this](const auto& wish) { deal_with(wish); }, *message);
    wake_();
    messages_.finished();
  }
}

// Which secrets are kept, by name: never what they are.
void ErrandThread::read_secrets() {
  const auto configuration = read_configuration(folder_);
  if (!configuration) return;
  const Secrets& secrets = configuration->secrets;
  const std::array<std::pair<const char*, const std::string*>, 5> kept{{
      {"mail.password", &secrets.mail_password},
      {"upstream.key", &secrets.upstream_key},
      {"terminal.password", &secrets.terminal.password},
      {"terminal.passphrase", &secrets.terminal.passphrase},
      {"backup.key", &secrets.backup_key},
  }};
  std::vector<std::string> names;
  for (const auto& [name, secret] : kept) {
    if (!secret->empty()) names.emplace_back(name);
  }
  devices_.update([&](Devices& devices) { devices.secrets = names; });
}

void ErrandThread::deal_with(const ListFolder& wish) {
  if (!wish.folder.empty()) {
    to_ui_.push(list_folder(wish));
    return;
  }
  const char* home = std::getenv("HOME");
  to_ui_.push(usual_places("/", home ? home : ""));
}

// Under a name of its own each time, so that no screen shows the picture before it.
void ErrandThread::deal_with(const TakeLogo& wish) {
  const fs::path from(wish.file);
  const std::string name =
      fmt::format("logo-{}{}", clock_.now().time_since_epoch().count() / 1000 % 1'000'000,
                  in_small_letters(from.extension().string()));
  std::error_code fault;
  fs::copy_file(from, folder_ / name, fs::copy_options::overwrite_existing, fault);
  if (fault) {
    std::error_code ignored;
    fs::remove(folder_ / name, ignored);  // the half that was copied
    to_ui_.push(Written{"", fault.message()});
    return;
  }
  post_back_({core::ChangeSetting{"shop.logo", name}});
}

void ErrandThread::deal_with(const RestoreFile& wish) {
  const auto answer = [&]() -> RestoreAnswer {
    const auto code = RecoveryCode::parse(wish.code);
    if (!code) return {code.error(), "", "", {}, 0};
    auto reader = SealedReader::open(wish.file, *code);
    if (!reader) return {reader.error(), "", "", {}, 0};
    std::error_code ignored;
    fs::remove_all(restored_folder(folder_), ignored);  // of a try before
    const auto note = restore_backup(std::move(*reader), restored_folder(folder_),
                                     {wish.last_receipt, wish.last_z});
    if (!note) return {note.error(), "", "", {}, 0};
    return {"", note->shop, note->till, note->made, note->receipts};
  };
  to_ui_.push(answer());
}

void ErrandThread::deal_with(const KeepSecret& wish) {
  if (auto kept = keep_secret(folder_, wish.table, wish.key, wish.value); !kept) {
    to_ui_.push(Written{"", kept.error()});
    return;
  }
  read_secrets();
  if (const auto configuration = read_configuration(folder_)) use_secrets_(configuration->secrets);
}

void ErrandThread::deal_with(const MakeBackupCode&) {
  const RecoveryCode code = RecoveryCode::make();
  const auto secret = new_backup_secret(code);
  if (!secret) {
    to_ui_.push(BackupCodeMade{"", "", "there is too little memory to make a code"});
    return;
  }
  if (auto kept = keep_secret(folder_, "backup", "key", to_text(*secret)); !kept) {
    to_ui_.push(BackupCodeMade{"", "", kept.error()});
    return;
  }
  read_secrets();
  to_ui_.push(BackupCodeMade{code.text(), code.id(), ""});
}

// Why there is none, an English key; empty: it was read back and is whole.
std::string ErrandThread::back_up(const core::Settings& settings) {
  const auto configuration = read_configuration(folder_);
  if (!configuration) return configuration.error();
  const auto secret = backup_secret_from(configuration->secrets.backup_key);
  if (!secret) return "There is no recovery code yet.";
  std::error_code unknown;
  const fs::path target(settings.backup.folder);
  if (!fs::is_directory(target, unknown)) return "The folder for backups is not there.";
  BackupNote name;
  name.till = settings.till.id;
  name.made = clock_.now();
  database_.forget_error();
  const auto made = make_backup(database_, settings, folder_, target / backup_name(name, *secret),
                                *secret, name.made);
  return made ? "" : made.error();
}

void ErrandThread::deal_with(const MakeBackup& wish) {
  devices_.update([](Devices& devices) {
    devices.backup = {ui::State::neutral, "The backup is being made …"};
  });
  wake_();
  const std::string trouble = back_up(wish.settings);
  const DeviceState state{trouble.empty() ? ui::State::ok : ui::State::bad,
                          trouble.empty() ? "The last backup is whole" : trouble, true,
                          std::chrono::floor<std::chrono::minutes>(clock_.now())};
  devices_.update([&](Devices& devices) { devices.backup = state; });
}

void ErrandThread::deal_with(const ExamineTill& wish) {
  database_.forget_error();
  to_ui_.push(Examined{examine(database_, folder_, clock_.now(), translations_(wish.language))});
}

void ErrandThread::deal_with(const WriteSupport& wish) {
  database_.forget_error();
  const auto written = write_support(database_, folder_, {wish.folder, wish.devices}, clock_.now(),
                                     translations_(Language::english));
  to_ui_.push(written ? Written{written->string(), ""} : Written{"", written.error()});
}

void ErrandThread::deal_with(const FindPrinters& wish) {
  std::vector<FoundPrinter> found;
  for (const drivers::UsbPrinter& printer : drivers::usb_printers()) {
    found.push_back({printer.product, "usb", printer.name});
  }
  if (!wish.in_network) {
    devices_.update([&](Devices& devices) { replace_printers(devices, "usb", found); });
    return;
  }
  devices_.update([&](Devices& devices) {
    replace_printers(devices, "usb", found);
    devices.network_search = TrialState::running;
  });
  wake_();
  database_.forget_error();
  const core::Settings settings = core::load_settings(database_);
  drivers::NetworkSearch search;
  for (const core::PrinterSettings& used : {settings.printer, settings.printer2}) {
    if (used.kind == "tcp") search.in_use.push_back(used.address);
  }
  search.is_stopped = [this] { return messages_.is_closed(); };
  found.clear();
  for (const drivers::NetworkPrinter& printer : drivers::find_network_printers(search)) {
    found.push_back({printer.product, "tcp", printer.address});
  }
  devices_.update([&](Devices& devices) {
    replace_printers(devices, "tcp", found);
    devices.network_search = found.empty() ? TrialState::bad : TrialState::good;
  });
}

}  // namespace pos
