// The thread for what touches files outside of the store, which may be on a slow stick or a
// share that is gone: it lists folders, takes a logo, keeps secrets, makes and restores
// backups, looks the till over. Nobody waits for it.
#pragma once

#include <filesystem>
#include <functional>
#include <variant>

#include "core/settings/settings.h"
#include "core/store/database.h"
#include "pos/config/configuration.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"
#include "pos/runtime/worker.h"

namespace pos {

// A backup of the till as these settings say, into their folder.
struct MakeBackup {
  core::Settings settings;
};
using ErrandMessage = std::variant<ListFolder, TakeLogo, RestoreFile, KeepSecret, MakeBackupCode,
                                   MakeBackup, FindPrinters, ExamineTill, WriteSupport>;

// Where a person looks for a file: sticks below /media and /run/media, then the home folder and
// what lies in it under the usual names. `root` is before the first two, for tests.
FolderList usual_places(const std::filesystem::path& root, const std::filesystem::path& home);
// Folders first, each in the order of the alphabet; hidden ones are left out.
FolderList list_folder(const ListFolder& wish);

class ErrandThread {
 public:
  // `database` reads. `keep_secrets`: what the secrets file holds now, on this thread.
  ErrandThread(core::Database database, std::filesystem::path folder,
               const Translations& translations, const core::Clock& clock, Latest<Devices>& devices,
               Queue<UiMessage>& to_ui, PostBack post_back,
               std::function<void(const Secrets&)> use_secrets, Wake wake);
  ~ErrandThread();

  bool tell(ErrandMessage message) { return messages_.push(std::move(message)); }
  bool is_idle() const { return messages_.is_idle(); }
  void stop();

 private:
  void loop();
  void deal_with(const ListFolder& wish);
  void deal_with(const TakeLogo& wish);
  void deal_with(const RestoreFile& wish);
  void deal_with(const KeepSecret& wish);
  void deal_with(const MakeBackupCode& wish);
  void deal_with(const MakeBackup& wish);
  void deal_with(const FindPrinters& wish);
  void deal_with(const ExamineTill& wish);
  void deal_with(const WriteSupport& wish);
  std::string back_up(const core::Settings& settings);
  void read_secrets();

  core::Database database_;
  std::filesystem::path folder_;
  const Translations& translations_;
  const core::Clock& clock_;
  Latest<Devices>& devices_;
  Queue<UiMessage>& to_ui_;
  PostBack post_back_;
  std::function<void(const Secrets&)> use_secrets_;
  Wake wake_;
  Queue<ErrandMessage> messages_;
  Worker worker_;
};

}  // namespace pos
