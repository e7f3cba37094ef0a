#include "pos/runtime/reader_thread.h"

#include <algorithm>

#include "core/store/answers.h"
#include "core/store/customer_store.h"
#include "core/store/report_store.h"
#include "core/store/shift_store.h"
#include "core/store/till_store.h"
#include "drivers/printer/preview.h"
#include "drivers/printer/profiles.h"
#include "pos/config/places.h"
#include "pos/config/private_file.h"
#include "pos/config/whole_file.h"
#include "pos/layout/customer_export.h"
#include "pos/layout/day_layout.h"
#include "pos/layout/report_csv.h"
#include "pos/layout/slip_logo.h"

namespace pos {

namespace {

// Whether a later message makes an earlier one pointless.
bool replaces(const ReaderMessage& later, const ReaderMessage& earlier) {
  const auto* question = std::get_if<core::Question>(&later);
  const auto* before = std::get_if<core::Question>(&earlier);
  return question && before && question->index() == before->index();
}

ui::Image coloured(const drivers::Picture& picture) {
  ui::Image image{picture.width, picture.height, {}};
  image.pixels.reserve(picture.grey.size());
  for (const std::uint32_t grey : picture.grey) {
    image.pixels.push_back(grey << 16 | grey << 8 | grey);
  }
  return image;
}

}  // namespace

ReaderThread::ReaderThread(core::Database database, std::filesystem::path folder,
                           const Translations& translations, Queue<UiMessage>& to_ui, Wake wake)
    : database_(std::move(database)),
      folder_(std::move(folder)),
      translations_(translations),
      to_ui_(to_ui),
      wake_(std::move(wake)) {
  worker_ = Worker("reader", [this] { loop(); });
}

ReaderThread::~ReaderThread() {
  stop();
}

void ReaderThread::stop() {
  messages_.close();
  worker_.join();
}

void ReaderThread::loop() {
  std::deque<ReaderMessage> batch;
  while (auto first = messages_.pop()) {
    batch.push_back(std::move(*first));
    for (take_new(batch); !batch.empty(); take_new(batch)) {
      const ReaderMessage message = std::move(batch.front());
      batch.pop_front();
      if (deal_with(message) == Dealt::whole) continue;
      // It stands behind what interrupted it, unless that asks for the same.
      take_new(batch);
      const bool is_replaced = std::ranges::any_of(
          batch, [&](const ReaderMessage& later) { return replaces(later, message); });
      if (!is_replaced) batch.push_back(message);
    }
    messages_.finished();
  }
}

void ReaderThread::take_new(std::deque<ReaderMessage>& batch) {
  while (auto next = messages_.try_pop()) {
    std::erase_if(batch, [&](const ReaderMessage& earlier) { return replaces(*next, earlier); });
    batch.push_back(std::move(*next));
  }
}

// A search that is typed on is not finished for nobody.
ReaderThread::Dealt ReaderThread::look_up(const core::Question& question) {
  if (auto first = core::first_answer(database_, question)) {
    to_ui_.push(std::move(*first));
    wake_();
    const core::StopWhen typed_on(database_, [this] { return !messages_.is_empty(); });
    auto answer = core::answer(database_, question);
    if (typed_on.has_stopped()) return Dealt::interrupted;
    to_ui_.push(std::move(answer));
  } else {
    to_ui_.push(core::answer(database_, question));
  }
  wake_();
  return Dealt::whole;
}

void ReaderThread::write(const WriteReport& wish) {
  database_.forget_error();
  const core::ReportPage page = core::report_page(database_, wish.what);
  const std::filesystem::path file = wish.folder / report_file_name(wish.what.span);
  Written written{file.string(), ""};
  std::error_code fault;
  std::filesystem::create_directories(wish.folder, fault);
  if (!database_.ok()) {
    written.why_not = core::in_words(*database_.error());
  } else if (fault) {
    written.why_not = fault.message();
  } else if (auto why = write_whole(file, report_csv(page))) {
    written.why_not = std::move(*why);
  }
  to_ui_.push(std::move(written));
  wake_();
}

// For programs and for tables; the latest takes the place of an earlier one.
Written ReaderThread::write(const WriteCustomer& wish) {
  database_.forget_error();
  const auto data = core::data_of_customer(database_, wish.id);
  if (!data || !database_.ok()) return {"", "This customer is not there."};
  std::error_code fault;
  std::filesystem::create_directories(folder_, fault);
  const auto file = folder_ / ("customer-" + std::to_string(data->record.id) + ".json");
  auto table = file;
  table.replace_extension(".csv");
  for (const auto& [path, text] :
       {std::pair{file, customer_json(*data)}, std::pair{table, customer_csv(*data)}}) {
    std::filesystem::remove(path, fault);
    if (auto why = write_private(path, text)) return {"", *why};
  }
  return {file.string(), ""};
}

FoundHelp ReaderThread::read(const HelpWish& wish) {
  std::ifstream stream(help_file(assets_folder(), wish.language, wish.topic), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return {wish.topic, wish.language, read_help(text)};
}

ReaderThread::Dealt ReaderThread::deal_with(const ReaderMessage& message) {
  if (const auto* question = std::get_if<core::Question>(&message)) return look_up(*question);
  if (const auto* wish = std::get_if<WriteReport>(&message)) {
    write(*wish);
    return Dealt::whole;
  }
  if (const auto* wish = std::get_if<WriteCustomer>(&message)) {
    to_ui_.push(write(*wish));
    wake_();
    return Dealt::whole;
  }
  if (const auto* wish = std::get_if<HelpWish>(&message)) {
    to_ui_.push(read(*wish));
    wake_();
    return Dealt::whole;
  }
  const auto& slip = std::get<DrawSlip>(message);
  const drivers::Profile& profile = drivers::profile(slip.profile);
  const std::string language = slip.receipt.order.customer.language.empty()
                                   ? slip.receipt.shop.language
                                   : slip.receipt.order.customer.language;
  const Words& words = translations_(language_from(language));
  auto day = core::load_day_document(database_, slip.receipt);
  core::make_blind(day, core::load_settings(database_).shift, slip.receipt);
  const auto logo = slip_logo(slip.logo, profile.dots);
  auto document = slip_document({0, slip.form, slip.receipt, 0, false, std::move(day)}, words,
                                profile.columns, logo ? &*logo : nullptr);
  if (slip.is_simulated) {
    document.blocks.insert(
        document.blocks.begin(),
        drivers::centred(std::string(words("*** NOT ON PAPER ***")), drivers::tall));
  }
  if (const auto picture = drivers::preview(document, profile)) {
    to_ui_.push(SlipPicture{slip.receipt.order.id, coloured(*picture)});
  }
  wake_();
  return Dealt::whole;
}

}  // namespace pos
