#include "pos/runtime/effect_runner.h"

namespace pos {

void EffectRunner::dispatch(core::Effects effects, const core::Settings& settings) {
  if (settings.printer != known_.printer) printer_.tell(UsePrinter{settings.printer});
  if (settings.printer2 != known_.printer2) second_.tell(UsePrinter{settings.printer2});
  if (settings.display != known_.display) devices_.display.tell(UseDisplay{settings.display});
  if (settings.scale != known_.scale) devices_.scale.tell(UseScale{settings.scale});
  if (settings.scanner != known_.scanner) devices_.scanner.tell({settings.scanner});
  const core::FiscalSettings fiscal = core::signing_settings(settings);
  if (fiscal != core::signing_settings(known_)) devices_.signing.tell(UseSigning{fiscal});
  if (settings.mail != known_.mail || settings.upstream != known_.upstream ||
      settings.shop != known_.shop) {
    sync_.tell(UseOutside{settings});
  }
  if (settings.terminal != known_.terminal || settings.shop.currency != known_.shop.currency ||
      settings.shop.time_zone != known_.shop.time_zone) {
    terminal_.tell(UseTerminal{settings.terminal, settings.shop.currency, settings.shop.time_zone});
  }
  known_ = settings;
  for (core::Effect& effect : effects) {
    if (auto* slip = std::get_if<core::PrintSlip>(&effect)) {
      (slip->printer == 0 ? printer_ : second_).tell(std::move(*slip));
    } else if (std::holds_alternative<core::OpenDrawer>(effect)) {
      printer_.tell(core::OpenDrawer{});
    } else if (const auto* test = std::get_if<core::RunDeviceTest>(&effect)) {
      try_out(*test);
    } else if (auto* card = std::get_if<core::AuthorizeCard>(&effect)) {
      terminal_.tell(std::move(*card));
    } else if (auto* question = std::get_if<core::ProbeCard>(&effect)) {
      terminal_.tell(std::move(*question));
    } else if (std::holds_alternative<core::WishCancel>(effect)) {
      terminal_.request_cancel();
    } else if (auto* card_slip = std::get_if<core::PrintTerminalSlip>(&effect)) {
      printer_.tell(std::move(*card_slip));
    } else if (auto* report = std::get_if<core::PrintReportSlip>(&effect)) {
      printer_.tell(std::move(*report));
    } else if (auto* labels = std::get_if<core::PrintLabelSlips>(&effect)) {
      printer_.tell(std::move(*labels));
    } else if (const auto* work = std::get_if<core::WorkAtTerminal>(&effect)) {
      terminal_.tell(*work);
    } else if (auto* step = std::get_if<core::SignStep>(&effect)) {
      devices_.signing.tell(std::move(*step));
    } else if (const auto* probe = std::get_if<core::ProbeSigningDevice>(&effect)) {
      devices_.signing.tell(*probe);
    } else if (const auto* day = std::get_if<core::CloseTerminalDay>(&effect)) {
      terminal_.tell(*day);
    } else if (std::holds_alternative<core::WakeSync>(effect)) {
      sync_.tell(core::WakeSync{});
    } else if (const auto* shown = std::get_if<core::ShowOrder>(&effect)) {
      to_ui_.push(ShowThis{shown->order});
    } else if (const auto* voucher = std::get_if<core::ShowVoucher>(&effect)) {
      to_ui_.push(ShowVoucherPage{voucher->number});
    } else if (auto* slip = std::get_if<core::ShowDayReceipt>(&effect)) {
      to_ui_.push(ShowSlip{std::move(slip->receipt)});
    }
  }
}

void EffectRunner::try_out(core::RunDeviceTest test) {
  switch (test.test) {
    case core::DeviceTest::second_print:
      second_.tell(test);
      break;
    case core::DeviceTest::printer_state:
    case core::DeviceTest::print:
    case core::DeviceTest::code_tables:
    case core::DeviceTest::recover_cutter:
      printer_.tell(test);
      break;
    case core::DeviceTest::display:
      devices_.display.tell(drivers::DisplayText{"TEST 12345678901234", "ÄÖÜ äöü ß EUR"});
      break;
    case core::DeviceTest::scale_zero:
      devices_.scale.tell(test);
      break;
  }
}

}  // namespace pos
