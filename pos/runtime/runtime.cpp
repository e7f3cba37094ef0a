#include "pos/runtime/runtime.h"

#include "pos/config/configuration.h"
#include "pos/runtime/effect_runner.h"
#include "pos/runtime/errand_thread.h"
#include "pos/runtime/printer_thread.h"
#include "pos/runtime/reader_thread.h"
#include "pos/runtime/register_thread.h"
#include "pos/runtime/signing_thread.h"
#include "pos/runtime/sync_thread.h"
#include "pos/runtime/terminal_thread.h"

namespace pos {

// In the order in which they are made; they are stopped by hand, see below.
struct Runtime::Threads {
  std::filesystem::path folder;
  Queue<Post> posts{16'384};
  Queue<UiMessage> to_ui;
  Latest<Devices> devices;
  std::unique_ptr<PrinterThread> printer, second_printer;
  std::unique_ptr<DisplayThread> display;
  std::unique_ptr<ScaleThread> scale;
  std::unique_ptr<ScannerThread> scanner;
  std::unique_ptr<TerminalThread> terminal;
  std::unique_ptr<SigningThread> signing;
  std::unique_ptr<SyncThread> sync;
  std::unique_ptr<ErrandThread> errands;
  std::unique_ptr<EffectRunner> effects;
  std::unique_ptr<RegisterThread> till;
  std::unique_ptr<ReaderThread> reader;
};

core::Stored<std::unique_ptr<Runtime>> Runtime::start(const RuntimeOptions& options,
                                                      const core::Clock& clock,
                                                      const Translations& translations,
                                                      const Wake& wake) {
  auto opened =
      core::Register::open({options.folder, core::Durability::full, options.fixed_settings}, clock);
  if (!opened) return tl::unexpected(opened.error());
  const auto store = options.folder / "till.db";
  auto for_reader = core::Database::open(store, core::Access::read);
  if (!for_reader) return tl::unexpected(for_reader.error());
  auto for_sync = core::Database::open(store, core::Access::read);
  if (!for_sync) return tl::unexpected(for_sync.error());
  auto for_errands = core::Database::open(store, core::Access::read);
  if (!for_errands) return tl::unexpected(for_errands.error());

  auto threads = std::make_unique<Threads>();
  Threads& t = *threads;
  t.folder = options.folder;
  const core::Snapshot now = (*opened)->snapshot();
  const core::Settings& settings = now.settings;
  const auto post = [&t](Post said) { return t.posts.push(std::move(said)); };
  t.printer = std::make_unique<PrinterThread>(0, settings.printer, options.folder, translations,
                                              t.devices, clock, post, wake);
  t.second_printer = std::make_unique<PrinterThread>(1, settings.printer2, options.folder,
                                                     translations, t.devices, clock, post, wake);
  t.display = std::make_unique<DisplayThread>(settings.display, t.devices, wake);
  t.scale = std::make_unique<ScaleThread>(settings.scale, t.devices, wake);
  t.scanner = std::make_unique<ScannerThread>(settings.scanner, t.devices, t.to_ui, wake);
  t.terminal = std::make_unique<TerminalThread>(
      UseTerminal{settings.terminal, settings.shop.currency, settings.shop.time_zone},
      options.terminal, (options.folder / "simulated-terminal.txt").string(), t.devices, clock,
      post, wake);
  t.signing = std::make_unique<SigningThread>(
      now.signing.client, options.folder,
      [&t, secrets = options.signing, folder = options.folder,
       &clock](const core::FiscalSettings& fiscal) {
        // What a person has typed since the start lies in the file.
        const auto now = read_configuration(folder);
        return make_signing_device(
            fiscal, now ? now->secrets.signing : secrets, folder, clock,
            [&t](const std::string& puk) {
              t.devices.update([&](Devices& devices) { devices.signing_found.puk = puk; });
              return true;
            });
      },
      t.devices, clock, post, wake);
  t.sync = std::make_unique<SyncThread>(
      syncing::Outside{settings, options.folder, options.mail_password, 0}, std::move(*for_sync),
      clock, translations, t.devices, post, wake);
  t.errands = std::make_unique<ErrandThread>(
      std::move(*for_errands), options.folder, translations, clock, t.devices, t.to_ui, post,
      [&t](const Secrets& secrets) {
        t.terminal->tell(secrets.terminal);
        t.sync->tell(ReadSecrets{});
      },
      wake);
  t.effects = std::make_unique<EffectRunner>(
      *t.printer, *t.second_printer, DeviceThreads{*t.display, *t.scale, *t.scanner, *t.signing},
      *t.terminal, *t.sync, t.to_ui);
  t.till = std::make_unique<RegisterThread>(
      std::move(*opened), t.posts,
      [&t](core::Effects effects, const core::Settings& now) {
        t.effects->dispatch(std::move(effects), now);
      },
      [&t](const core::Settings& now) {
        if (!now.backup.folder.empty()) t.errands->tell(MakeBackup{now});
      },
      t.to_ui, wake);
  t.reader = std::make_unique<ReaderThread>(std::move(*for_reader), options.folder / "exports",
                                            translations, t.to_ui, wake);
  return std::unique_ptr<Runtime>(new Runtime(std::move(threads)));
}

Runtime::Runtime(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}

// Who posts to the register stops before it, so that every answer is written.
Runtime::~Runtime() {
  threads_->errands->stop();
  threads_->sync->stop();
  threads_->terminal->stop();
  threads_->signing->stop();
  threads_->printer->stop();
  threads_->second_printer->stop();
  threads_->display->stop();
  threads_->scale->stop();
  threads_->scanner->stop();
  threads_->reader->stop();
  threads_->till->stop();
}

void Runtime::post(core::Command command, std::string approval) {
  threads_->posts.push({std::move(command), std::move(approval), {}});
}

void Runtime::ask(core::Question question) {
  threads_->reader->ask(std::move(question));
}

void Runtime::draw_slip(const SlipWish& wish) {
  const auto now = snapshot();
  const core::PrinterSettings& printer = now->settings.printer;
  const std::string& picture = now->settings.till.logo;
  const auto logo = picture.empty() ? std::filesystem::path() : threads_->folder / picture;
  threads_->reader->ask(
      DrawSlip{wish.receipt, wish.form, printer.profile, printer.kind == "simulated", logo});
}

void Runtime::write_report(core::ReportAsk what) {
  threads_->reader->ask(WriteReport{std::move(what), threads_->folder / "reports"});
}

void Runtime::write_customer(std::int64_t id) {
  threads_->reader->ask(WriteCustomer{id});
}

void Runtime::watch_orders(bool is_watched) {
  threads_->sync->tell(WatchOrders{is_watched});
}

void Runtime::try_upstream(UpstreamTrial trial) {
  threads_->devices.update([](Devices& devices) { devices.trial = {TrialState::running, "", {}}; });
  threads_->sync->tell(TryUpstream{std::move(trial)});
}

void Runtime::try_mail(std::string address, Language language) {
  threads_->devices.update([](Devices& devices) {
    devices.mail_trial = {TrialState::running, "", {}};
  });
  threads_->sync->tell(TryMail{std::move(address), language});
}

void Runtime::keep_key(std::string key) {
  threads_->sync->tell(KeepKey{std::move(key)});
}

void Runtime::serve_signing(SigningWish wish) {
  threads_->devices.update([](Devices& devices) {
    devices.signing_found = {};
    devices.signing_found.state = TrialState::running;
  });
  threads_->signing->tell(std::move(wish));
}

void Runtime::run(Errand errand) {
  if (auto* import = std::get_if<ImportFile>(&errand)) {
    threads_->posts.push({core::SyncNow{}, "", {}, std::move(*import)});
  } else if (std::holds_alternative<BackUpNow>(errand)) {
    threads_->errands->tell(MakeBackup{snapshot()->settings});
  } else if (auto* list = std::get_if<ListFolder>(&errand)) {
    threads_->errands->tell(std::move(*list));
  } else if (auto* logo = std::get_if<TakeLogo>(&errand)) {
    threads_->errands->tell(std::move(*logo));
  } else if (auto* restore = std::get_if<RestoreFile>(&errand)) {
    threads_->errands->tell(std::move(*restore));
  } else if (auto* secret = std::get_if<KeepSecret>(&errand)) {
    threads_->errands->tell(std::move(*secret));
  } else if (const auto* find = std::get_if<FindPrinters>(&errand)) {
    threads_->errands->tell(*find);
  } else if (auto* examine = std::get_if<ExamineTill>(&errand)) {
    threads_->errands->tell(*examine);
  } else if (auto* support = std::get_if<WriteSupport>(&errand)) {
    threads_->errands->tell(std::move(*support));
  } else {
    threads_->errands->tell(MakeBackupCode{});
  }
}

void Runtime::read_help(const HelpWish& wish) {
  threads_->reader->ask(wish);
}

void Runtime::show_to_customer(drivers::DisplayText text) {
  threads_->display->tell(std::move(text));
}

void Runtime::weight_was_taken() {
  threads_->scale->tell(WeightTaken{});
}

void Runtime::answer_terminal(drivers::SimulatedAnswer answer) {
  threads_->terminal->answer(answer);
}

std::optional<UiMessage> Runtime::next_message() {
  return threads_->to_ui.try_pop();
}

std::shared_ptr<const core::Snapshot> Runtime::snapshot() const {
  return threads_->till->snapshot();
}

std::shared_ptr<const Devices> Runtime::devices() const {
  return threads_->devices.get();
}

bool Runtime::is_idle() const {
  const Threads& t = *threads_;
  return t.till->is_idle() && t.printer->is_idle() && t.second_printer->is_idle() &&
         t.display->is_idle() && t.terminal->is_idle() && t.signing->is_idle() &&
         t.sync->is_idle() && t.errands->is_idle() && t.reader->is_idle() && t.till->is_idle();
}

bool Runtime::register_answers() const {
  return threads_->till->is_idle();
}

}  // namespace pos
