// The till's threads, made here and ended here, and the ways between them:
//
//   screens --Command--> register --Effect--> printer, terminal, sync
//                        register --Snapshot--> screens
//   screens --Question--> reader --Answer--> screens
//   printer, terminal, sync --Command--> register
//
// Everything but `start` and the destructor is for the UI thread and never waits.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/register.h"
#include "pos/config/make_signing.h"
#include "pos/config/make_terminal.h"
#include "pos/desk/scene.h"
#include "pos/runtime/latest.h"
#include "pos/runtime/messages.h"

namespace pos {

struct RuntimeOptions {
  std::filesystem::path folder;
  std::vector<core::SettingEntry> fixed_settings;
  std::string mail_password;  // from the secrets file
  TerminalSecrets terminal = {};
  SigningSecrets signing = {};
};

class Runtime {
 public:
  // `translations` and `clock` must outlive it; `wake` may be called by any thread.
  static core::Stored<std::unique_ptr<Runtime>> start(const RuntimeOptions& options,
                                                      const core::Clock& clock,
                                                      const Translations& translations,
                                                      const Wake& wake);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  void post(core::Command command, std::string approval = {});
  void ask(core::Question question);
  void draw_slip(const SlipWish& wish);
  // Into the folder "reports" beside the store; `Written` says where, or why not.
  void write_report(core::ReportAsk what);
  // All that is kept of a customer, to files in the data folder.
  void write_customer(std::int64_t id);
  // Somebody looks at the list of orders: the platform is asked more often.
  void watch_orders(bool is_watched);
  // The answer is in `devices().trial`.
  void try_upstream(UpstreamTrial trial);
  // Sends a test mail; the answer is in `devices().mail_trial`.
  void try_mail(std::string address, Language language);
  // Before the settings are changed that need it.
  void keep_key(std::string key);
  // The answer is in `devices().signing_found`.
  void serve_signing(SigningWish wish);
  // With files outside of the store; what came of it is a message or stands in `devices()`.
  void run(Errand errand);
  // A page of the help.
  void read_help(const HelpWish& wish);
  void show_to_customer(drivers::DisplayText text);
  void weight_was_taken();  // the scale's: it is not offered again
  void answer_terminal(drivers::SimulatedAnswer answer);

  std::optional<UiMessage> next_message();
  std::shared_ptr<const core::Snapshot> snapshot() const;
  std::shared_ptr<const Devices> devices() const;

  // Nothing is on its way between the threads.
  bool is_idle() const;
  bool register_answers() const;  // it has nothing in hand that it was told

 private:
  struct Threads;
  explicit Runtime(std::unique_ptr<Threads> threads);
  std::unique_ptr<Threads> threads_;
};

}  // namespace pos
