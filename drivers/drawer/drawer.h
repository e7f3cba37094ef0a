// The cash drawer: a box that a pulse opens. Nearly always it hangs on the
// receipt printer. Lives on the printer's worker thread.
#pragma once

#include "drivers/printer/printer.h"

namespace drivers {

class Drawer {
 public:
  virtual ~Drawer() = default;
  // Done means that the pulse was sent; whether the box is open, only people see.
  virtual core::Result<core::Done, PrinterTrouble> open() = 0;
};

class PrinterDrawer final : public Drawer {
 public:
  // The printer must outlive it.
  explicit PrinterDrawer(Printer& printer) : printer_(printer) {}
  core::Result<core::Done, PrinterTrouble> open() override { return printer_.open_drawer(); }

 private:
  Printer& printer_;
};

// A till whose drawer is opened by key: nothing to do, and that is no failure.
class NoDrawer final : public Drawer {
 public:
  core::Result<core::Done, PrinterTrouble> open() override { return core::Done{}; }
};

}  // namespace drivers
