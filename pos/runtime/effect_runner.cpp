#include "pos/runtime/effect_runner.h"

namespace pos {

void EffectRunner::dispatch(core::Effects effects, const core::Settings& settings) {
  if (settings.printer != known_.printer) printer_.tell(UsePrinter{settings.printer});
  if (settings.mail != known_.mail || settings.upstream != known_.upstream ||
      settings.shop != known_.shop) {
    sync_.tell(UseOutside{settings});
  }
  if (settings.terminal != known_.terminal || settings.shop.currency != known_.shop.currency) {
    terminal_.tell(UseTerminal{settings.terminal, settings.shop.currency});
  }
  known_ = settings;
  for (core::Effect& effect : effects) {
    if (auto* slip = std::get_if<core::PrintSlip>(&effect)) {
      printer_.tell(std::move(*slip));
    } else if (std::holds_alternative<core::OpenDrawer>(effect)) {
      printer_.tell(core::OpenDrawer{});
    } else if (auto* card = std::get_if<core::AuthorizeCard>(&effect)) {
      terminal_.tell(std::move(*card));
    } else if (auto* question = std::get_if<core::ProbeCard>(&effect)) {
      terminal_.tell(std::move(*question));
    } else if (std::holds_alternative<core::WishCancel>(effect)) {
      terminal_.request_cancel();
    } else if (auto* card_slip = std::get_if<core::PrintTerminalSlip>(&effect)) {
      printer_.tell(std::move(*card_slip));
    } else if (const auto* work = std::get_if<core::WorkAtTerminal>(&effect)) {
      terminal_.tell(*work);
    } else if (std::holds_alternative<core::WakeSync>(effect)) {
      sync_.tell(core::WakeSync{});
    } else if (const auto* shown = std::get_if<core::ShowOrder>(&effect)) {
      to_ui_.push(ShowThis{shown->order});
    }
  }
}

}  // namespace pos
