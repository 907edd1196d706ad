//! The driver on the desk: the very functions that the image calls, with a simulated NDIS.
extern crate std;

use ndis::{Driver, NdisStatus};
use ndis_sim::{Ask, Machine};

use crate::{LIMIT, PagePool};

#[test]
fn an_adapter_borrows_and_gives_back() -> Result<(), NdisStatus> {
    let machine = Machine::new();
    machine.run(|| {
        let driver = PagePool::load()?;
        let adapter = machine.adapter();
        adapter.register_dma()?;

        let block = adapter.allocate(Ask::new(10_000))?;
        assert_eq!(block.runs().len(), 1);
        let most = u32::try_from(LIMIT).unwrap();
        assert_eq!(adapter.allocate(Ask::new(most)), Err(NdisStatus::RESOURCES));
        adapter.free(&block);
        let all = adapter.allocate(Ask::new(most))?;
        adapter.free(&all);

        assert_eq!(adapter.allocate(Ask::new(0)), Err(NdisStatus::INVALID_PARAMETER));
        machine.refuse_pages(1);
        assert_eq!(adapter.allocate(Ask::new(1)), Err(NdisStatus::RESOURCES));

        adapter.halt();
        driver.unload();
        Ok::<(), NdisStatus>(())
    })?;
    machine.finish().assert_clean();
    Ok(())
}
